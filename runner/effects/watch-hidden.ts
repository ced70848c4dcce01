import { type Answer, withheldAnswer } from '../../judge/answer.ts';
import type { Case } from '../../plan/case.ts';
import { HIDDEN_SHOWN } from '../../provocations/403-forbidden.ts';
import type { Sent } from '../send-patiently.ts';
import type { Session } from '../session.ts';
import { effectOf, readObject, saysNothingDone, sentBy } from './effect.ts';

/** What is known of hidden objects: whose turn it is to change one, and why none is to be touched any more. */
export type HiddenWatch = { turn: Promise<unknown>; trouble?: string };

/** Whether a case would change or remove an object that is hidden from its caller, and that an administrator can look at. */
export function aimsAtHidden({ condition, request, controls }: Case): boolean {
  return (
    condition === 'hidden-object' &&
    ['PUT', 'PATCH', 'DELETE'].includes(request.method) &&
    controls.some(({ id }) => id.endsWith(HIDDEN_SHOWN))
  );
}

/**
 * Sends a case that would change a hidden object, alone and between two looks of the administrator. Such an object is not this run's: the
 * first effect that is seen ends all of these cases, and is taken for what it is without a second try.
 */
export async function answerHidden(
  session: Pick<Session, 'client' | 'patience'>,
  watch: HiddenWatch,
  each: Case,
  send: () => Promise<Sent>,
): Promise<Answer> {
  const look = each.controls.find(({ id }) => id.endsWith(HIDDEN_SHOWN))?.request;
  const answer = watch.turn.then(async (): Promise<Answer> => {
    const exchanges: Answer['exchanges'] = [];
    for (const repeat of each.repeat ? [false, true] : [false]) {
      if (watch.trouble !== undefined) break;
      const before = look && (await readObject(session, look));
      const sent = await send();
      const after = before && saysNothingDone(sent.exchange) && look ? await readObject(session, look) : undefined;
      const effect = before && after ? effectOf(before, after, sentBy(each)) : undefined;
      const { method, target } = each.request;
      if (effect !== undefined)
        watch.trouble = `no more is sent that would change a hidden object: ${method} ${target} was answered ${sent.exchange.response?.status}, and ${effect} all the same`;
      const seen =
        effect === undefined
          ? null
          : `${effect} all the same: the administrator saw it before and after this one request`;
      exchanges.push({ ...sent, ...(repeat && { repeat }), ...(after && { effect: seen }) });
    }
    return exchanges.length > 0
      ? { case: each, exchanges }
      : withheldAnswer(each, { outcome: 'untestable', reason: watch.trouble ?? 'it was not sent' });
  });
  watch.turn = answer.catch(() => {});
  return answer;
}
