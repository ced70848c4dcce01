import { isFromGateway } from '../../judge/gateway.ts';
import type { RequestSpec } from '../../model/exchange.ts';
import type { Control } from '../../plan/case.ts';
import { firstList } from '../../plan/resources.ts';
import { buildRequest } from '../../provocations/request.ts';
import { holds } from '../holds.ts';
import { sendPatiently } from '../send-patiently.ts';
import type { Session } from '../session.ts';

/** How long to wait between two looks, in milliseconds. */
const LOOK_MS = 100;

/** So many controls are asked again: what one fault broke is the same for most of them. */
const MOST_CONTROLS = 8;

/** What is asked to see whether the API is as before: a request and what its answer has to be. */
type Question = Pick<Control, 'request' | 'holds' | 'danger'>;

/**
 * Asks again and again until the API's list and the controls, as far as they change nothing, are answered as before, all of them
 * in one go; for `boundMs` milliseconds at most. Yields what was still wrong then, or nothing.
 */
export async function recover(session: Session, controls: Control[], boundMs: number): Promise<string | undefined> {
  const harmless = controls.filter(({ danger, optional }) => (danger === 'read' || danger === 'reject') && !optional);
  const questions: Question[] = [...listQuestion(session), ...harmless.slice(0, MOST_CONTROLS)];
  const endsAt = performance.now() + boundMs;
  for (;;) {
    const wrong = await askAll(session, questions);
    if (wrong === undefined) return undefined;
    if (performance.now() >= endsAt) return wrong;
    await session.pause(LOOK_MS);
  }
}

/** The request that the run began with: it has been answered well before. */
function listQuestion(session: Session): Question[] {
  const list = firstList(session.contract);
  return list ? [{ request: buildRequest(list, {}), holds: { success: true }, danger: 'read' }] : [];
}

async function askAll(session: Session, questions: Question[]): Promise<string | undefined> {
  const complaints = await Promise.all(questions.map((question) => ask(session, question)));
  return complaints.find((each) => each !== undefined);
}

async function ask(session: Session, { request, danger, holds: rule }: Question): Promise<string | undefined> {
  // Patiently: who asks again and again what is limited keeps the limit up.
  const { exchange } = await sendPatiently(session, { request, danger });
  const { response, failure } = exchange;
  if (holds(rule, exchange) && !isFromGateway(exchange, session.law.gateway)) return undefined;
  return `${describe(request)} ${response ? `is answered ${response.status}` : `gets no answer (${failure?.message})`}`;
}

function describe({ method, target }: RequestSpec): string {
  return `${method} ${target}`;
}
