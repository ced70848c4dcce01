import type { CellOutcome } from '../judge/cell-outcome.ts';
import type { CaseRecord, FindingWithEvidence, Outcome, Rate } from '../judge/finding.ts';
import { cellOutcome, countCases, failsCase, isProvoked } from '../judge/outcome.ts';
import { isRepeatable } from '../judge/repeatable.ts';
import type { ClauseSet } from '../schemas/contract.ts';

/** The gravest first. */
const GRAVITY: readonly Outcome[] = ['fail', 'error', 'warn', 'pass', 'untestable', 'not-applicable'];

/**
 * What all the times come to that a cell was provoked, since its test was retried or repeated: the worst decides, unless what was
 * found then showed only once in all of them.
 */
export function joinAttempts(attempts: readonly CellOutcome[], counts: ClauseSet[]): CellOutcome {
  const [first, ...others] = attempts;
  if (!first) throw new Error('A cell without any attempt has no outcome.');
  if (others.length === 0) return first;
  const findings = joinFindings(attempts);
  const cases = joinCases(attempts, findings, counts);
  const worst = byGravity(attempts.map(({ record }) => record))[0] ?? first.record;
  const reason = cases.every((each) => !isProvoked(each)) ? worst.reason : worst.partial;
  const record = {
    ...worst,
    ...cellOutcome(cases, reason),
    counts: countCases(cases),
    cases,
    attempts: attempts.map(({ record: { outcome, reason: why } }) => ({
      outcome,
      ...(why !== undefined && { reason: why }),
    })),
  };
  const controls = new Map(attempts.flatMap((each) => each.controls).map((control) => [control.record.id, control]));
  return {
    ...first,
    record,
    findings,
    exchanges: attempts.reduce((sum, { exchanges }) => sum + exchanges, 0),
    retries: attempts.flatMap(({ retries }) => retries),
    controls: [...controls.values()],
  };
}

function byGravity<Judged extends { outcome: Outcome }>(all: readonly Judged[]): Judged[] {
  return [...all].sort((one, other) => GRAVITY.indexOf(one.outcome) - GRAVITY.indexOf(other.outcome));
}

/** Each finding once, with how often it showed where it did not show each time. */
function joinFindings(attempts: readonly CellOutcome[]): FindingWithEvidence[] {
  const seen = new Map<string, FindingWithEvidence[]>();
  for (const { findings } of attempts)
    for (const [key, finding] of new Map(findings.map((each) => [keyOf(each), each])))
      seen.set(key, [...(seen.get(key) ?? []), finding]);
  return [...seen.values()].map((all) => {
    const [first] = all as [FindingWithEvidence];
    const sent = attempts.filter(({ record }) =>
      record.cases.some((each) => each.id === first.case && isProvoked(each)),
    );
    const rates = all.map(rateOf);
    const silent = sent.length - all.length;
    if (silent === 0 && rates.every(({ seen: times, tries }) => times === tries)) return first;
    const intermittent = {
      seen: rates.reduce((sum, rate) => sum + rate.seen, 0),
      tries: rates.reduce((sum, rate) => sum + rate.tries, silent),
    };
    return { ...first, intermittent };
  });
}

function keyOf({ check, case: id, pointer }: FindingWithEvidence): string {
  return [check, id, pointer].join(' ');
}

/** What was found was looked at twice, where it could be, and showed both times unless a rate says otherwise. */
function rateOf(finding: FindingWithEvidence): Rate {
  const looks = isRepeatable(finding) ? 2 : 1;
  return finding.intermittent ?? { seen: looks, tries: looks };
}

function joinCases(
  attempts: readonly CellOutcome[],
  findings: readonly FindingWithEvidence[],
  counts: ClauseSet[],
): CaseRecord[] {
  const ids = [...new Set(attempts.flatMap(({ record }) => record.cases.map(({ id }) => id)))];
  return ids.flatMap((id) => {
    const [worst] = byGravity(attempts.flatMap(({ record }) => record.cases.filter((each) => each.id === id)));
    if (worst?.outcome !== 'fail') return worst ?? [];
    const own = findings.filter((finding) => finding.case === id);
    return own.some((finding) => failsCase(finding, counts)) ? worst : { ...worst, outcome: 'warn' as const };
  });
}
