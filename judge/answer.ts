import { type Exchange, isBrokenOff } from '../model/exchange.ts';
import type { Case } from '../plan/case.ts';
import { isBeforeApi } from './before-api.ts';
import { makeEvidence } from './evidence.ts';
import type { CaseRecord, FindingWithEvidence, Rate, RetryWithEvidence } from './finding.ts';
import { isFromGateway } from './gateway.ts';
import type { Matter } from './judge.ts';
import { isLate } from './late.ts';
import type { Law } from './law.ts';
import { isUnplannedLimit } from './limit.ts';
import { caseOutcome, type Judged } from './outcome.ts';

/** An answer to a case; `effect` says what the request did all the same where it is an error, and is null where that was looked for and not seen. */
type Answered = {
  exchange: Exchange;
  earlier?: Exchange[];
  repeat?: boolean;
  waitedMs?: number;
  effect?: string | null;
};

/** A case and what came of it: its answers, or why it was not sent. */
export type Answer = {
  case: Case;
  /** The first answer, and any more that were asked for under the same case, each with the tries before that said nothing. */
  exchanges: Answered[];
  /** How often what was found showed when the request was sent again, by check; what always showed is left out. */
  rates?: Record<string, Rate>;
  /** Why nothing was sent, or why what came cannot be credited. */
  blocked?: { outcome: 'untestable' | 'error'; reason: string };
};

/** The answer to a case of which nothing is credited. */
export function withheldAnswer(sent: Case, blocked: NonNullable<Answer['blocked']>): Answer {
  return { case: sent, exchanges: [], blocked };
}

/** Whether an answer is the API's own. */
export function isOrganic({ provenance }: Pick<Matter, 'provenance'>): boolean {
  return provenance === 'organic';
}

/** Whose an answer to a case is: a gateway's when it bears the signs of one, whatever the case was meant to bring about. */
export function whose(sent: Case, exchange: Exchange, law: Pick<Law, 'gateway'>): Pick<Matter, 'provenance'> {
  return { provenance: isFromGateway(exchange, law.gateway) ? 'gateway' : sent.provenance };
}

/** The answer that a case is recorded by: the first that is the API's own, or else the first. */
export function decisive({ case: sent, exchanges }: Answer, law: Law): Exchange | undefined {
  const asked = exchanges.filter(({ waitedMs }) => waitedMs === undefined);
  return (asked.find(({ exchange }) => isOrganic(whose(sent, exchange, law))) ?? asked[0])?.exchange;
}

/** What an answer to a case is about. */
export function matterOf(
  operation: string,
  status: number,
  sent: Case,
  exchange: Exchange,
  law: Pick<Law, 'gateway'>,
): Matter {
  const matter: Matter = {
    operation,
    status,
    caseId: sent.id,
    provocation: sent.provocation,
    condition: sent.condition,
    ...(sent.kinds && { kind: sent.kinds.join(' + ') }),
    ...whose(sent, exchange, law),
  };
  // A limit that nobody asked for says nothing about the case.
  if (!isUnplannedLimit(sent, exchange.response)) matter.case = sent;
  return matter;
}

/** A finding with how often it showed, when it did not show each time. */
export function rated(finding: FindingWithEvidence, { rates }: Answer): FindingWithEvidence {
  const intermittent = rates?.[finding.check];
  return intermittent ? { ...finding, intermittent } : finding;
}

/** The tries before the answers to a case that said nothing. */
export function retriesOf(operation: string, status: number, { case: sent, exchanges }: Answer): RetryWithEvidence[] {
  return exchanges.flatMap(({ earlier = [] }) =>
    earlier.map((exchange) => ({ ...retryOf(operation, sent.id, exchange), status })),
  );
}

/** The record of a try that said nothing. */
export function retryOf(operation: string, id: string, exchange: Exchange): RetryWithEvidence {
  const why = exchange.response ? 'limit' : 'connection';
  return { operation, case: id, why, evidence: makeEvidence(exchange) };
}

/** An answer that is tolerated, or not waited for, or a connection that may be broken off, breaks nothing, and has not provoked the error of its cell. */
function asTolerated(sent: Case, exchange: Exchange | undefined, judged: Judged): Judged {
  if (!exchange || !['pass', 'warn'].includes(judged.outcome)) return judged;
  const { expected, tolerated = [], withinBounds = [] } = sent;
  const instead = `in place of ${expected.join(' or ')}`;
  if (isLate(sent, exchange))
    return {
      outcome: 'untestable',
      reason: `${exchange.failure?.message} (CONFORMANCE_TIMEOUT_MS), so that ${expected.join(' or ')} may have come later`,
    };
  if (isBrokenOff(sent, exchange))
    return { outcome: 'untestable', reason: `the connection was broken off ${instead}, which may be` };
  const status = exchange.response?.status;
  if (isBeforeApi(exchange))
    return {
      outcome: 'untestable',
      reason: `answered ${status} without JSON, as HTTP servers answer such a request before any API hears of it`,
    };
  if (status === undefined || expected.includes(status)) return judged;
  if (withinBounds.includes(status) && status === 202)
    return { outcome: 'untestable', reason: 'answered 202: it was accepted, and may yet be refused' };
  if (withinBounds.includes(status))
    return { outcome: 'untestable', reason: `answered ${status}: it is within the bounds of this target` };
  if (!tolerated.includes(status)) return judged;
  return { outcome: 'untestable', reason: `answered ${status}, which is tolerated ${instead}` };
}

/** What became of a case, by what was found about it. */
export function recordOf(answer: Answer, findings: FindingWithEvidence[], law: Law): CaseRecord {
  const { case: sent } = answer;
  const first = decisive(answer, law);
  const limited = isUnplannedLimit(sent, first?.response);
  const { provenance } = first ? whose(sent, first, law) : sent;
  // What a gateway broke on another try is no failure of the API itself.
  const own = findings.filter((finding) => !isOrganic({ provenance }) || isOrganic(finding));
  const judged = caseOutcome(first, own, law.counts, answer.blocked, limited);
  const { outcome, reason } = asTolerated(sent, first, judged);
  const record: CaseRecord = {
    id: sent.id,
    provocation: sent.provocation,
    condition: sent.condition,
    outcome,
    expected: sent.expected,
    actual: first?.response?.status ?? null,
    provenance,
    controls: sent.controls.map((control) => control.id),
  };
  if (reason !== undefined) record.reason = reason;
  return record;
}
