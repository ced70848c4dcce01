import type { Exchange, TransportFailure } from '../model/exchange.ts';
import type { ClauseSet } from '../schemas/contract.ts';
import type { CaseRecord, CellRecord, Counts, Finding, Outcome, Untestable } from './finding.ts';

/** What became of a case or a cell, and why. */
export type Judged = { outcome: Outcome; reason?: string };

/** What of a finding decides what it counts for. */
export type Weight = Pick<Finding, 'level' | 'set' | 'provenance' | 'intermittent' | 'waived'>;

/** Whether a finding decides the verdict: an organic MUST of a set that counts, seen more than once and not waived. */
export function isCounted(finding: Weight, counts: readonly ClauseSet[]): boolean {
  return finding.level === 'MUST' && isHeldAgainst(finding, counts);
}

/** Whether a finding of whatever level is held against the API itself: it is organic, of a set that counts, seen more than once and not waived. */
export function isHeldAgainst(finding: Omit<Weight, 'level'>, counts: readonly ClauseSet[]): boolean {
  return finding.provenance === 'organic' && isWeighty(finding, counts);
}

function isWeighty(finding: Omit<Weight, 'level' | 'provenance'>, counts: readonly ClauseSet[]): boolean {
  return counts.includes(finding.set) && !wasSeenOnce(finding) && finding.waived === undefined;
}

/** Whether one answer showed it and nine more did not, which is too little to wake anybody up. */
export function wasSeenOnce({ intermittent }: Pick<Weight, 'intermittent'>): boolean {
  return intermittent?.seen === 1;
}

/** Whether a finding makes its case fail, whatever the provenance: a simulated case can fail, it only does not count. */
export function failsCase(finding: Weight, counts: readonly ClauseSet[]): boolean {
  return finding.level === 'MUST' && isWeighty(finding, counts);
}

/** What became of a case, from its first exchange and the findings on all of them. */
export function caseOutcome(
  exchange: Exchange | undefined,
  findings: Weight[],
  counts: ClauseSet[],
  blocked: { outcome: 'untestable' | 'error'; reason: string } | undefined,
  limited: boolean,
): Judged {
  if (blocked) return blocked;
  if (!exchange) return { outcome: 'error', reason: 'nothing was sent' };
  if (exchange.failure?.kind === 'unreachable') return unreached(exchange.failure);
  if (exchange.failure?.kind === 'held') {
    const { code, message } = exchange.failure;
    return { outcome: code === 'EHELD' ? 'error' : 'untestable', reason: message };
  }
  if (findings.some((finding) => failsCase(finding, counts))) return { outcome: 'fail' };
  if (limited) return limitedOutcome(exchange.response?.status);
  return { outcome: findings.some((finding) => finding.level !== 'MAY') ? 'warn' : 'pass' };
}

/** What became of a case when nothing reached the target, be it the case or what has to come before it: nobody can have answered wrongly. */
export function unreached({ message }: TransportFailure): { outcome: 'error'; reason: string } {
  return { outcome: 'error', reason: `the target could not be reached: ${message}` };
}

/** What became of a case whose answer was a limit that nobody asked for. */
export function limitedOutcome(status: number | null | undefined): { outcome: 'untestable'; reason: string } {
  return {
    outcome: 'untestable',
    reason: `limited: answered ${status} while something else was provoked; fewer requests at once may help (CONFORMANCE_CONCURRENCY)`,
  };
}

/** Whether an outcome says that the error was provoked. */
export function isProvoked({ outcome }: { outcome: Outcome }): boolean {
  return outcome === 'pass' || outcome === 'warn' || outcome === 'fail';
}

/** What became of a cell, from its cases. Organic cases decide; where there are none, nothing was provoked. */
export function cellOutcome(
  cases: CaseRecord[],
  missing: string | undefined,
): Pick<CellRecord, 'outcome' | 'reason' | 'provenance'> {
  const organic = cases.filter((each) => each.provenance === 'organic');
  // A probe that fails convicts; one that does not has provoked nothing.
  const provoked = organic.filter((each) => isProvoked(each) && !each.probe);
  const error = cases.find((each) => each.outcome === 'error');
  if (organic.some((each) => each.outcome === 'fail')) return { outcome: 'fail', provenance: 'organic' };
  if (error) return { outcome: 'error', reason: error.reason ?? 'the suite could not do its job' };
  const warned = organic.some((each) => each.outcome === 'warn');
  if (provoked.length > 0 && warned) return { outcome: 'warn', provenance: 'organic' };
  if (provoked.length > 0) return { outcome: 'pass', provenance: 'organic' };
  const other = cases.find((each) => each.provenance !== 'organic' && isProvoked(each) && !each.probe);
  if (other) {
    const failed = cases.filter((each) => each.outcome === 'fail').length;
    const what = failed === 0 ? 'conforming' : `${failed} of ${cases.length} not conforming`;
    const reason = `only ${other.provenance} evidence (${what}), which says nothing about the API itself`;
    return { outcome: 'untestable', provenance: other.provenance, reason };
  }
  const reason = organic.find((each) => each.reason !== undefined)?.reason ?? missing ?? 'no case applies here';
  return { outcome: 'untestable', reason };
}

/** How many cases ended how. */
export function countCases(cases: Pick<CaseRecord, 'outcome'>[]): Counts {
  const number = (outcome: Outcome) => cases.filter((each) => each.outcome === outcome).length;
  return {
    total: cases.length,
    pass: number('pass'),
    warn: number('warn'),
    fail: number('fail'),
    untestable: number('untestable'),
    error: number('error'),
  };
}

/** The cells that can occur and were not provoked. */
export function listUntestable(cells: CellRecord[]): Untestable[] {
  return cells.flatMap(({ operation, status, outcome, reason }) =>
    outcome === 'untestable' ? [{ operation, status, reason: reason ?? '' }] : [],
  );
}
