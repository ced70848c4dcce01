import type { Case } from './case.ts';
import type { GroupMember } from './checks/check.ts';
import { makeEvidence } from './evidence.ts';
import type { Exchange } from './exchange.ts';
import { judgeExchange, judgeGroup, type Law, type Matter, type Tally } from './judge.ts';
import { isLimit, isUnplannedLimit } from './limit.ts';
import { caseOutcome, cellOutcome, countCases } from './outcome.ts';
import type { CaseRecord, CellRecord, FindingWithEvidence, FreshEvidence, Rate, RetryWithEvidence } from './report.ts';

/** A case and what came of it: its answers, or why it was not sent. */
export type Answer = {
  case: Case;
  /** The first answer, and any more that were asked for under the same case, each with the tries before that said nothing. */
  exchanges: { exchange: Exchange; earlier?: Exchange[]; repeat?: boolean; waitedMs?: number }[];
  /** How often what was found showed when the request was sent again, by check; what always showed is left out. */
  rates?: Record<string, Rate>;
  /** Why nothing was sent, or why what came cannot be credited. */
  blocked?: { outcome: 'untestable' | 'error'; reason: string };
};

/** A judged cell; its record has no place in the evidence pool yet. */
export type CellResult = {
  record: Omit<CellRecord, 'sample'>;
  findings: FindingWithEvidence[];
  tally: Tally;
  exchanges: number;
  retries: RetryWithEvidence[];
  sample?: FreshEvidence;
};

/** Judges all answers of a cell. `reason` says what else was left out of it, when the plan left something out. */
export function judgeCell(operation: string, status: number, answers: Answer[], law: Law, reason?: string): CellResult {
  const tally: Tally = {};
  // Scores are the API's own: what a mock or a proxy answered is judged, and counted nowhere.
  const aside: Tally = {};
  const members: GroupMember[] = [];
  const matters: Matter[] = [];
  const byCase = new Map<string, FindingWithEvidence[]>();
  // What blocked a case (a control that did not hold) makes its answers worthless as evidence.
  const plain = answers.filter((answer) => !answer.case.probe);
  const probed = judgeProbes(operation, status, answers, law, tally);
  for (const answer of plain.filter((each) => !each.blocked)) {
    for (const { exchange, earlier = [], repeat, waitedMs } of answer.exchanges) {
      for (const limit of earlier.filter(({ response }) => isLimit(response)))
        append(byCase, answer.case.id, judgeLimit(limit, matterOf(operation, status, answer.case, limit), law, tally));
      const matter = matterOf(operation, status, answer.case, exchange);
      const member: GroupMember = { id: answer.case.id, exchange };
      if (repeat) member.repeatOf = answer.case.id;
      else if (answer.case.pair !== undefined) member.pair = answer.case.pair;
      if (waitedMs !== undefined) member.waitedMs = waitedMs;
      if (waitedMs !== undefined || !saysNothing(answer, exchange)) {
        members.push(member);
        matters.push(matter);
      }
      // What is sent after a wait only has to get past the limit: its error, if any, belongs to another cell.
      if (waitedMs !== undefined) continue;
      const findings = isUnplannedLimit(answer.case, exchange.response)
        ? judgeLimit(exchange, matter, law, tally)
        : judgeExchange(exchange, matter, law, isOrganic(matter) ? tally : aside);
      append(
        byCase,
        answer.case.id,
        findings.map((each) => rated(each, answer)),
      );
    }
  }
  for (const finding of judgeGroup(members, matters, law, matters.every(isOrganic) ? tally : aside))
    append(byCase, finding.case, [finding]);
  const cases = plain.map((answer) => recordOf(answer, byCase.get(answer.case.id) ?? [], law)).concat(probed.cases);
  const cell = cellOutcome(cases, reason);
  const result: CellResult = {
    record: {
      operation,
      status,
      ...cell,
      counts: countCases(cases),
      cases,
      ...(probed.probes && { probes: probed.probes }),
    },
    findings: [...byCase.values()].flat().concat(probed.findings),
    tally,
    exchanges: answers.reduce((sum, answer) => sum + countExchanges(answer), 0),
    retries: answers.flatMap((answer) => retriesOf(operation, status, answer)),
  };
  const sample = plain.find((answer) => answer.exchanges[0]?.exchange.response)?.exchanges[0]?.exchange;
  if (sample) result.sample = makeEvidence(sample);
  return result;
}

/**
 * Judges a limit that nobody asked for: neither a pass nor a failure, so that it enters the tally by what it breaks only. A 503
 * is none of the API's documented errors, so that only HTTP can be held against it.
 */
function judgeLimit(exchange: Exchange, matter: Matter, law: Law, tally: Tally): FindingWithEvidence[] {
  const own: Tally = {};
  const findings = judgeExchange(exchange, matter, law, own);
  if (exchange.response?.status !== 429) return findings.filter(({ set }) => set !== 'contract');
  if (isOrganic(matter)) addBroken(tally, own);
  return findings;
}

function rated(finding: FindingWithEvidence, { rates }: Answer): FindingWithEvidence {
  const intermittent = rates?.[finding.check];
  return intermittent ? { ...finding, intermittent } : finding;
}

function countExchanges({ exchanges, rates = {} }: Answer): number {
  const again = Math.max(0, ...Object.values(rates).map(({ tries }) => tries - 1));
  return exchanges.reduce((sum, { earlier = [] }) => sum + 1 + earlier.length, again);
}

function retriesOf(operation: string, status: number, { case: sent, exchanges }: Answer): RetryWithEvidence[] {
  return exchanges.flatMap(({ earlier = [] }) =>
    earlier.map((exchange) => ({ ...retryOf(operation, sent.id, exchange), status })),
  );
}

/** The record of a try that said nothing. */
export function retryOf(operation: string, id: string, exchange: Exchange): RetryWithEvidence {
  const why = exchange.response ? 'limit' : 'connection';
  return { operation, case: id, why, evidence: makeEvidence(exchange) };
}

/** What probes came to: the records and findings of those that convict, one for each cause, and a summary of all. */
type Probed = { cases: CaseRecord[]; findings: FindingWithEvidence[]; probes?: CellRecord['probes'] };

/** Judges generated requests. They enter the tally by what they break only: that one breaks nothing shows nothing. */
function judgeProbes(operation: string, status: number, answers: Answer[], law: Law, tally: Tally): Probed {
  const sent = answers.filter((answer) => answer.case.probe && !answer.blocked && answer.exchanges.length > 0);
  if (sent.length === 0) return { cases: [], findings: [] };
  const statuses: Record<string, number> = {};
  const causes = new Map<string, { finding: FindingWithEvidence; answer: Answer; seen: number }>();
  let broken = 0;
  for (const answer of sent) {
    const exchange = answer.exchanges[0]?.exchange as Exchange;
    const got = String(exchange.response?.status ?? 'none');
    statuses[got] = (statuses[got] ?? 0) + 1;
    const own: Tally = {};
    const matter = matterOf(operation, status, answer.case, exchange);
    const findings = judgeExchange(exchange, matter, law, own)
      .filter((finding) => finding.level !== 'MAY')
      .map((finding) => rated(finding, answer));
    if (findings.length > 0) broken += 1;
    if (isOrganic(matter)) addBroken(tally, own);
    for (const finding of findings) {
      const known = causes.get(finding.cluster);
      const isSmaller = !known || sizeOf(exchange) < sizeOf(known.finding.evidence.exchange);
      causes.set(finding.cluster, {
        ...(isSmaller ? { finding, answer } : known),
        seen: (known?.seen ?? 0) + 1,
      });
    }
  }
  const examples = [...causes.values()];
  const findings = examples.map(({ finding, seen }) => ({ ...finding, seen }));
  const shown = [...new Set(examples.map(({ answer }) => answer))];
  const cases = shown.map((answer) => {
    const own = findings.filter((finding) => finding.case === answer.case.id);
    return { ...recordOf(answer, own, law), probe: true as const };
  });
  return { cases, findings, probes: { sent: sent.length, broken, statuses } };
}

function addBroken(tally: Tally, own: Tally): void {
  for (const [id, { broken }] of Object.entries(own)) {
    if (broken === 0) continue;
    const entry = tally[id] ?? { judged: 0, broken: 0 };
    tally[id] = { judged: entry.judged + broken, broken: entry.broken + broken };
  }
}

/** How much there is to read of a request. */
function sizeOf({ request }: Exchange): number {
  return request.target.length + (request.body === undefined ? 0 : Object.values(request.body).join('').length);
}

function isOrganic(matter: Matter): boolean {
  return matter.provenance === 'organic';
}

/** What an answer to a case is about. */
export function matterOf(operation: string, status: number, sent: Case, exchange: Exchange): Matter {
  const matter: Matter = {
    operation,
    status,
    caseId: sent.id,
    provocation: sent.provocation,
    provenance: sent.provenance,
  };
  // A limit that nobody asked for says nothing about the case.
  if (!isUnplannedLimit(sent, exchange.response)) matter.case = sent;
  return matter;
}

/** True for what cannot be held beside another answer: a limit that was not asked for, or a request that was never delivered. */
function saysNothing(answer: Answer, exchange: Exchange): boolean {
  return isUnplannedLimit(answer.case, exchange.response) || exchange.failure?.kind === 'unreachable';
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, values: Value[]): void {
  map.set(key, [...(map.get(key) ?? []), ...values]);
}

function recordOf(answer: Answer, findings: FindingWithEvidence[], law: Law): CaseRecord {
  const { case: sent } = answer;
  const first = answer.exchanges[0]?.exchange;
  const limited = isUnplannedLimit(sent, first?.response);
  const { outcome, reason } = caseOutcome(first, findings, law.counts, answer.blocked, limited);
  const record: CaseRecord = {
    id: sent.id,
    provocation: sent.provocation,
    outcome,
    expected: sent.expected,
    actual: first?.response?.status ?? null,
    provenance: sent.provenance,
    controls: sent.controls.map((control) => control.id),
  };
  if (reason !== undefined) record.reason = reason;
  return record;
}
