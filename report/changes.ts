import type { CellRecord, Finding } from '../judge/finding.ts';
import { fingerprintOf, type Traits } from '../judge/fingerprint.ts';
import { isCounted, isProvoked, type Weight } from '../judge/outcome.ts';
import { cellKeyOf } from '../plan/cell-key.ts';
import { gravityOf } from './gravity.ts';
import { type Memory, type Remembered, remember } from './memory.ts';
import type { Changes, Flaw, Report } from './report.ts';

/** What of a report two runs are compared by. */
export type Compared = Pick<Report, 'verdict' | 'errors' | 'readFrom'> & {
  run: Pick<Report['run'], 'startedAt'>;
  target: Pick<Report['target'], 'counts'>;
  cells: (Remembered['cells'][number] & Pick<CellRecord, 'status' | 'reason'>)[];
  findings: (Traits & Weight & Pick<Finding, 'status' | 'evidence'>)[];
  evidence: { exchange: { request: { method: string } } }[];
};

/**
 * What is different in a run from the one before it, by fingerprint. What is found now and was not then is new only if it was
 * looked at then, and what was found then is fixed only if it was looked at now; a cell that no longer can be tested is told apart.
 * What is waived is neither new nor still there, nor fixed. Notes (MAY) are left out.
 */
export function compareReports(before: Compared, after: Compared): Changes {
  const [then, now] = [remember(before), remember(after)];
  const flaws = flawsOf(after, after.findings);
  const held = flawsOf(
    after,
    after.findings.filter(({ waived }) => waived === undefined),
  );
  const waived = [...flaws].flatMap(([key, flaw]) => (held.has(key) ? [] : [flaw]));
  const fresh = [...held.values()].filter((flaw) => !then.has(flaw));
  const errors = after.errors.filter((error) => !before.errors.includes(error));
  return {
    since: before.run.startedAt,
    verdict: before.verdict,
    new: fresh.filter((flaw) => then.lookedAt(flaw)),
    firstSeen: fresh.filter((flaw) => !then.lookedAt(flaw)),
    fixed: findFixed(before, after, now),
    still: [...held.values()].filter((flaw) => then.has(flaw)),
    lost: findLost(before, after),
    ...(waived.length > 0 && { waived }),
    ...(errors.length > 0 && { errors }),
    ...(before.readFrom !== undefined && { note: noteOn(before.readFrom) }),
  };
}

function findFixed(before: Compared, after: Compared, now: Memory): Flaw[] {
  const gone = [...flawsOf(before, before.findings).values()];
  // An older report cannot say on what condition it found something: it is fixed where its provocation was sent and is clean.
  const { has, lookedAt } = before.readFrom === undefined ? now : remember({ ...after, readFrom: before.readFrom });
  return gone.filter((flaw) => !has(flaw) && lookedAt(flaw));
}

function findLost(before: Compared, after: Compared): Changes['lost'] {
  const provoked = new Set(before.cells.filter(isProvoked).map(cellKeyOf));
  return after.cells.flatMap((cell) =>
    provoked.has(cellKeyOf(cell)) && !isProvoked(cell) && cell.outcome !== 'not-applicable'
      ? [{ operation: cell.operation, status: cell.status, reason: cell.reason ?? '' }]
      : [],
  );
}

function noteOn(format: number): string {
  return `the run before is a report of format ${format}, which knows neither the condition nor the place of a finding: it is compared by check, operation, provocation and status seen`;
}

/** What was found, each defect once, in the order of the report. */
function flawsOf({ target, evidence }: Compared, findings: Compared['findings']): Map<string, Flaw> {
  const flaws = new Map<string, Flaw>();
  for (const finding of findings.filter(({ level }) => level !== 'MAY')) {
    const { check, operation, status, level, set, provocation, condition, kind, seen, place } = finding;
    const key = fingerprintOf(finding);
    const known = flaws.get(key);
    flaws.set(key, {
      check,
      operation,
      status,
      level,
      set,
      provocation,
      ...(condition && { condition }),
      ...(kind !== undefined && { kind }),
      seen,
      place,
      gravity: gravityOf(finding, evidence[finding.evidence]?.exchange.request.method ?? ''),
      counted: isCounted(finding, target.counts) || known?.counted === true,
      findings: (known?.findings ?? 0) + 1,
    });
  }
  return flaws;
}
