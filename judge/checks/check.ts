import type { Exchange, ResponseRecord } from '../../model/exchange.ts';
import type { Case } from '../../plan/case.ts';
import type { Documented } from '../documented.ts';
import type { ParsedBody } from '../response-body.ts';
import type { Rules } from '../rules.ts';

/** One thing wrong: what, and where in the body (a JSON pointer) when it is about a place in the body; `missing` is a name that is not there. */
export type Problem = { message: string; pointer?: string; missing?: string };

/** What an exchange check may look at. */
export type Subject = {
  exchange: Exchange;
  /** Absent when no response came. */
  response?: ResponseRecord;
  /** The case it was sent for; absent for an exchange with no case, such as a recorded one. */
  case?: Pick<Case, 'expected' | 'tolerated' | 'withinBounds' | 'field' | 'mayBreakOff' | 'judgedBy'> &
    Partial<Pick<Case, 'condition'>>;
  body: ParsedBody;
  /** What the request did though it was refused; null where that was looked for and not seen. */
  effect?: string | null;
  /** What the contract documents of the response; nothing when none came. */
  documented: Documented;
  rules: Rules;
};

/** A check on one exchange: data and one pure function, which yields undefined where the clause says nothing. */
export type Check = {
  id: string;
  clause: string;
  judge(subject: Subject): Problem[] | undefined;
};

/** One judged exchange of a cell, as a group check sees it. */
export type GroupMember = {
  /** Case id. */
  id: string;
  pair?: string;
  /** Set on the second sending of a repeated case. */
  repeatOf?: string;
  exchange: Exchange;
  /** Milliseconds between a 429 and this request, which was sent after the wait that the 429 announced. */
  waitedMs?: number;
};

/** A check on all exchanges of a cell; `member` says at which of them the problem shows. */
export type GroupCheck = {
  id: string;
  clause: string;
  judge(members: GroupMember[]): (Problem & { member: number })[] | undefined;
};

/** True for an answer that the error contract speaks of. */
export function isError(response: ResponseRecord | undefined): response is ResponseRecord {
  return response !== undefined && response.status >= 400;
}

/** All values of a header field, in order; names compare without regard to case. */
export function headerValues(response: ResponseRecord, name: string): string[] {
  return response.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** The request method decides whether content may come at all (RFC 9110 §9.3.2). */
export function expectsContent(exchange: Exchange): boolean {
  return exchange.request.method !== 'HEAD';
}

/** One problem when the condition holds, none otherwise. */
export function problemIf(condition: boolean, message: string, pointer?: string): Problem[] {
  if (!condition) return [];
  return pointer === undefined ? [{ message }] : [{ message, pointer }];
}
