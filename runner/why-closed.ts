import type { Answer } from '../judge/answer.ts';
import type { Control } from '../plan/case.ts';
import { type Journal, removalOf } from './build-world.ts';
import type { Groundwork } from './groundwork.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';
import { undo } from './undo.ts';

/** Statuses with which a target tells that nobody may change anything just now. */
const CLOSED = [403, 503];

/**
 * Why an answer to a case shows nothing although all is served that was before: what makes or changes something as it
 * should is answered in the same way by now, and was carried out before.
 */
export async function whyClosed(
  { case: each, exchanges }: Answer,
  session: Session,
  groundwork: Pick<Groundwork, 'controls' | 'rewriting'>,
  journal: Journal,
): Promise<string | undefined> {
  const status = exchanges
    .map(({ exchange }) => exchange.response?.status ?? 0)
    .find((seen) => CLOSED.includes(seen) && !each.expected.includes(seen));
  const control = each.controls.find(
    ({ id, request, holds, optional }) =>
      ['POST', 'PUT', 'PATCH'].includes(request.method) &&
      'success' in holds &&
      !optional &&
      groundwork.controls[id]?.record.held,
  );
  if (!control || status === undefined) return undefined;
  const { rewriting } = groundwork;
  // Once for all who ask meanwhile: two that are sent at once want one name.
  const answer = rewriting.get(control.id) ?? ask(control, session, journal);
  rewriting.set(control.id, answer);
  const now = await answer.finally(() => rewriting.delete(control.id));
  if (now !== status) return undefined;
  const { method, target } = control.request;
  return `${method} ${target} was carried out before, and is answered ${status} by now, whatever it says`;
}

async function ask(control: Control, session: Session, journal: Journal): Promise<number | undefined> {
  const { exchange } = await sendPatiently(session, { ...control, isUrgent: true });
  const removal = removalOf(session, control.operation, exchange);
  if (removal) await undo(session, [removal], journal);
  return exchange.response?.status;
}
