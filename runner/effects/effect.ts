import type { Answer } from '../../judge/answer.ts';
import { parseExactly } from '../../judge/response-body.ts';
import type { Exchange, RequestSpec } from '../../model/exchange.ts';
import type { Case } from '../../plan/case.ts';
import type { Json } from '../../schemas/contract.ts';
import { hasWrongCredential } from '../phases.ts';
import { sendPatiently } from '../send-patiently.ts';
import type { Session } from '../session.ts';

/** An object as it was read: what it was, or that it is not there. */
export type Reading = { is: 'there'; body: Json } | { is: 'gone' };

/** An exchange that ended in an error and had its effect all the same, and which. */
export type Convicted = { answer: Answer; exchange: Exchange; effect: string };

/** Answers of gateways, and waits that were too long: what was asked for may well be done, and nobody says otherwise. */
const OPEN_ENDED = [502, 504];

/** Whether an answer says that nothing was done. */
export function saysNothingDone({ response }: Pick<Exchange, 'response'>): boolean {
  const status = response?.status ?? 0;
  return status >= 400 && !OPEN_ENDED.includes(status);
}

/** The answers of a cell that say so, and whose requests may be sent again. */
export function listRefused(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ case: each, blocked, exchanges: [first] }) => {
    if (blocked || !first || !['request', 'probe', 'driver'].includes(each.via)) return false;
    // Tries with a wrong credential are counted by many servers.
    return saysNothingDone(first.exchange) && !hasWrongCredential(each);
  });
}

/** Reads an object; undefined where the answer does not tell. */
export async function readObject(
  session: Pick<Session, 'client' | 'patience'>,
  request: RequestSpec,
): Promise<Reading | undefined> {
  const { response } = (await sendPatiently(session, { request, danger: 'read' })).exchange;
  if (response?.status === 404 || response?.status === 410) return { is: 'gone' };
  const body = response?.status === 200 ? parseExactly(response) : undefined;
  return body?.kind === 'json' ? { is: 'there', body: body.value } : undefined;
}

/**
 * What a request did to an object between two readings, in words: removed it, or gave a field just the value that was sent. What changes
 * otherwise, such as a counter, a time or what somebody else does, is not of the request's doing as far as anybody can tell.
 */
export function effectOf(before: Reading, after: Reading, sent: Json | undefined): string | undefined {
  if (before.is === 'gone') return undefined;
  if (after.is === 'gone') return 'the object is gone';
  const own = fieldsOf(before.body);
  const fields = changedTo(own, fieldsOf(after.body), fieldsOf(sent, own));
  return fields.length === 0
    ? undefined
    : `${fields.map((each) => `"${each}"`).join(', ')} ${fields.length === 1 ? 'has' : 'have'} the value that was sent`;
}

/** Fields that had another value than the one sent, and have that now. */
function changedTo(before: Record<string, Json>, after: Record<string, Json>, sent: Record<string, Json>): string[] {
  const isSame = (one: Json | undefined, other: Json | undefined) => JSON.stringify(one) === JSON.stringify(other);
  return Object.keys(sent).filter(
    (name) => Object.hasOwn(after, name) && !isSame(before[name], sent[name]) && isSame(after[name], sent[name]),
  );
}

/** The fields of an object, which may be wrapped in one of another name than any of its fields. */
function fieldsOf(value: Json | undefined, known: Record<string, Json> = {}): Record<string, Json> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  const [only, ...more] = Object.values(value);
  const isField = Object.keys(value).some((name) => Object.hasOwn(known, name));
  const isWrapped = !isField && more.length === 0 && only !== null && typeof only === 'object' && !Array.isArray(only);
  return isWrapped ? (only as Record<string, Json>) : value;
}

/** The JSON that a case sends; undefined where it sends none. */
export function sentBy({ request: { body } }: Pick<Case, 'request'>): Json | undefined {
  if (!body || !('text' in body)) return undefined;
  try {
    return JSON.parse(body.text) as Json;
  } catch {
    return undefined;
  }
}
