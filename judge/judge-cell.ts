import { type Exchange, isUndelivered } from '../model/exchange.ts';
import { type Answer, decisive, isOrganic, matterOf, rated, recordOf, retriesOf, whose } from './answer.ts';
import type { GroupMember } from './checks/check.ts';
import { makeEvidence } from './evidence.ts';
import type { CellRecord, FindingWithEvidence, FreshEvidence, RetryWithEvidence } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import { setUnguardedAside } from './guarded.ts';
import { addBroken, judgeExchange, judgeGroup, type Matter, type Tally } from './judge.ts';
import { judgeProbes } from './judge-probes.ts';
import { isLate } from './late.ts';
import type { Law } from './law.ts';
import { isLimit, isUnplannedLimit } from './limit.ts';
import { cellOutcome, countCases } from './outcome.ts';
import { isOvertaken } from './overtaken.ts';
import { maskVolatile } from './volatile.ts';

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
export function judgeCell(operation: string, status: number, given: Answer[], law: Law, reason?: string): CellResult {
  const answers = setUnguardedAside(given);
  const tally: Tally = {};
  // Scores are the API's own: what a mock or a proxy answered is judged, and counted nowhere.
  const aside: Tally = {};
  const members: GroupMember[] = [];
  const matters: Matter[] = [];
  const byCase = new Map<string, FindingWithEvidence[]>();
  // What blocked a case (a control that did not hold) makes its answers worthless as evidence.
  const plain = answers.filter((answer) => answer.case.via !== 'probe' || isHeldBack(answer));
  const probed = judgeProbes(operation, status, answers, law, tally);
  for (const answer of plain.filter((each) => !each.blocked)) {
    for (const { exchange, earlier = [], repeat, waitedMs, effect } of answer.exchanges) {
      for (const limit of earlier.filter(({ response }) => isLimit(response)))
        append(
          byCase,
          answer.case.id,
          judgeLimit(limit, matterOf(operation, status, answer.case, limit, law), law, tally),
        );
      // What follows a limit after the wait is about that limit, whoever set it.
      const about = waitedMs === undefined ? exchange : (decisive(answer, law) ?? exchange);
      const matter = { ...matterOf(operation, status, answer.case, exchange, law), ...whose(answer.case, about, law) };
      if (effect !== undefined) matter.effect = effect;
      const isVoid = isOvertaken(answer, exchange);
      if (isVoid) delete matter.case;
      const member: GroupMember = { id: answer.case.id, exchange };
      if (repeat) member.repeatOf = answer.case.id;
      if (answer.case.pair !== undefined) member.pair = answer.case.pair;
      if (waitedMs !== undefined) member.waitedMs = waitedMs;
      if (waitedMs !== undefined || !(isVoid || saysNothing(answer, exchange))) {
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
  // Apart, so that nothing of the API's is held beside what a mock or a proxy answered.
  for (const isOwn of [true, false]) {
    const picked = matters.flatMap((matter, index) => (isOrganic(matter) === isOwn ? [index] : []));
    const [some, about] = [
      picked.map((index) => members[index] as GroupMember),
      picked.map((index) => matters[index] as Matter),
    ];
    for (const finding of judgeGroup(some, about, law, isOwn ? tally : aside)) append(byCase, finding.case, [finding]);
  }
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
    findings: onceEach([...byCase.values()].flat()).concat(probed.findings),
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

/** What was not let out is no exchange, and a probe that was not is shown as any other case. */
function isHeldBack({ exchanges }: Answer): boolean {
  return exchanges.some(({ exchange }) => exchange.failure?.kind === 'held');
}

function countExchanges(answer: Answer): number {
  if (isHeldBack(answer)) return 0;
  const { exchanges, rates = {} } = answer;
  const again = Math.max(0, ...Object.values(rates).map(({ tries }) => tries - 1));
  return exchanges.reduce((sum, { earlier = [] }) => sum + 1 + earlier.length, again);
}

/** True for what cannot be held beside another answer: a limit that was not asked for, a request that was never delivered, or an answer not waited for. */
function saysNothing(answer: Answer, exchange: Exchange): boolean {
  return isUnplannedLimit(answer.case, exchange.response) || isUndelivered(exchange) || isLate(answer.case, exchange);
}

/** A case is sent twice, and what both answers break is one finding: the first stands for it. */
function onceEach(findings: FindingWithEvidence[]): FindingWithEvidence[] {
  const known = new Set<string>();
  return findings.filter((finding) => {
    const { case: id, pointer, message } = finding;
    const key = JSON.stringify([fingerprintOf(finding), id, pointer, maskVolatile(message)]);
    return !known.has(key) && known.add(key);
  });
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, values: Value[]): void {
  map.set(key, [...(map.get(key) ?? []), ...values]);
}
