import type { ResponseRecord } from '../model/exchange.ts';
import type { Case } from '../plan/case.ts';
import { headerValues } from './checks/check.ts';

/** True when a 429 is what a case is about: it comes first among the expected, and is not merely allowed beside others. */
export function plansLimit(each: { expected?: number[] }): boolean {
  return each.expected?.[0] === 429;
}

/** True for an answer that asks to come back later: 429, or a 503 that says when (RFC 6585 §4, RFC 9110 §15.6.4). */
export function isLimit(response: ResponseRecord | undefined): boolean {
  if (response?.status === 429) return true;
  return response?.status === 503 && headerValues(response, 'retry-after').length > 0;
}

/** True for a limit that nobody asked for: neither a pass nor a failure, though its body is judged all the same. */
export function isUnplannedLimit(sent: Pick<Case, 'expected'>, response: ResponseRecord | undefined): boolean {
  return isLimit(response) && !plansLimit(sent);
}

/** True for a 503 that nobody asked for and that does not say when to come back: a limit (nginx answers so), or an answer like any other. */
export function mayBeLimit({ expected = [] }: { expected?: number[] }, response: ResponseRecord | undefined): boolean {
  return response?.status === 503 && !isLimit(response) && !expected.includes(503);
}
