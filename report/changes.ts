import type { Finding } from '../judge/finding.ts';
import { isCounted, isProvoked } from '../judge/outcome.ts';
import { cellKeyOf } from '../plan/cell-key.ts';
import type { Changes, Flaw, Report } from './report.ts';

/**
 * What is different in a run from the one before it, by check and cell. What was found then is fixed only if its cell was
 * provoked now: a cell that no longer can be tested shows nothing, and is told apart. What is waived is neither new nor still
 * there, nor fixed. Notes (MAY) are left out.
 */
export function compareReports(before: Report, after: Report): Changes {
  const [then, now] = [flawsOf(before, before.findings), flawsOf(after, after.findings)];
  const held = flawsOf(
    after,
    after.findings.filter(({ waived }) => waived === undefined),
  );
  const waived = [...now].flatMap(([key, flaw]) => (held.has(key) ? [] : [flaw]));
  const provokedThen = provokedCells(before);
  const provokedNow = provokedCells(after);
  return {
    since: before.run.startedAt,
    verdict: before.verdict,
    new: [...held].flatMap(([key, flaw]) => (then.has(key) ? [] : [flaw])),
    fixed: [...then].flatMap(([key, flaw]) => (now.has(key) || !provokedNow.has(cellKeyOf(flaw)) ? [] : [flaw])),
    still: [...held].flatMap(([key, flaw]) => (then.has(key) ? [flaw] : [])),
    lost: after.cells.flatMap((cell) =>
      provokedThen.has(cellKeyOf(cell)) && !isProvoked(cell) && cell.outcome !== 'not-applicable'
        ? [{ operation: cell.operation, status: cell.status, reason: cell.reason ?? '' }]
        : [],
    ),
    ...(waived.length > 0 && { waived }),
  };
}

/** Names what a finding is about from run to run: its check and its cell. */
export function flawKey(finding: Pick<Finding, 'check' | 'operation' | 'status'>): string {
  return `${finding.check} ${cellKeyOf(finding)}`;
}

/** What was found, each check once for each cell, in the order of the report. */
function flawsOf({ target }: Report, findings: readonly Finding[]): Map<string, Flaw> {
  const flaws = new Map<string, Flaw>();
  for (const finding of findings.filter(({ level }) => level !== 'MAY')) {
    const { check, operation, status, level, set } = finding;
    const key = flawKey(finding);
    const counted = isCounted(finding, target.counts) || flaws.get(key)?.counted === true;
    flaws.set(key, { check, operation, status, level, set, counted });
  }
  return flaws;
}

/** The cells that were provoked, by `cellKey`. */
export function provokedCells({ cells }: Pick<Report, 'cells'>): Set<string> {
  return new Set(cells.filter(isProvoked).map(cellKeyOf));
}
