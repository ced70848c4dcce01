import type { CaseRecord, CellRecord, Evidence, Finding } from '../judge/finding.ts';
import { isLimit, plansLimit } from '../judge/limit.ts';
import { cellOutcome, countCases, failsCase, limitedOutcome, listUntestable } from '../judge/outcome.ts';
import { cellKeyOf } from '../plan/cell-key.ts';
import type { ClauseSet } from '../schemas/contract.ts';
import type { Report } from './report.ts';
import { summariseStatuses } from './status-records.ts';
import { decideVerdict } from './verdict.ts';

/**
 * The report with other findings waived than before, and with what follows from that: the outcomes of the cases and cells
 * they are about, the statuses, the verdict. `findings` are the report's own, in their order. Scores stay as they are.
 */
export function rejudge(report: Report, findings: Finding[]): Report {
  const { evidence, target } = report;
  const touched = new Map<string, Finding[]>();
  for (const [index, finding] of findings.entries())
    if (finding.waived !== undefined || report.findings[index]?.waived !== undefined)
      touched.set(cellKeyOf(finding), []);
  for (const finding of findings) touched.get(cellKeyOf(finding))?.push(finding);
  const cells = report.cells.map((cell) => {
    const own = touched.get(cellKeyOf(cell));
    return own === undefined ? cell : rejudgeCell(cell, own, target.counts, evidence);
  });
  const statuses = Object.keys(report.statuses).map(Number);
  const statusNames = Object.fromEntries(statuses.map((status) => [status, report.statuses[status]?.name ?? '']));
  return {
    ...report,
    ...decideVerdict({ cells, findings, counts: target.counts, errors: report.errors }),
    statuses: summariseStatuses({ statuses, statusNames }, cells),
    cells,
    findings,
    untestable: listUntestable(cells),
  };
}

function rejudgeCell(cell: CellRecord, findings: Finding[], counts: ClauseSet[], evidence: Evidence[]): CellRecord {
  const { outcome: _, reason: __, provenance: ___, ...rest } = cell;
  const cases = cell.cases.map((record) => {
    const own = findings.filter((finding) => finding.case === record.id);
    return rejudgeCase(record, own, counts, evidence);
  });
  const judged = cellOutcome(cases, cell.partial);
  // A waiver is no proof: where something is waived, nothing passes.
  const isWaived = findings.some(({ waived, level }) => waived !== undefined && level !== 'MAY');
  const outcome = judged.outcome === 'pass' && isWaived ? 'warn' : judged.outcome;
  return { ...rest, ...judged, outcome, counts: countCases(cases), cases };
}

/** An error stays one. A limit that nobody asked for fails by what it breaks only, and has provoked nothing without that. */
function rejudgeCase(record: CaseRecord, findings: Finding[], counts: ClauseSet[], evidence: Evidence[]): CaseRecord {
  const { reason: _, ...rest } = record;
  if (record.outcome === 'error') return record;
  if (findings.some((finding) => failsCase(finding, counts))) return { ...rest, outcome: 'fail' };
  if (record.outcome !== 'fail') return record;
  return isLimited(record, findings, evidence)
    ? { ...rest, ...limitedOutcome(record.actual) }
    : { ...rest, outcome: 'warn' };
}

/** As `isUnplannedLimit`, from what the report keeps: an unlimited 503 is nowhere expected, so that a finding shows it. */
function isLimited(record: CaseRecord, findings: Finding[], evidence: Evidence[]): boolean {
  if (plansLimit(record)) return false;
  const shown = findings.map((finding) => evidence[finding.evidence]?.exchange.response);
  return (
    record.actual === 429 ||
    (record.actual === 503 && !shown.some((response) => response?.status === 503 && !isLimit(response)))
  );
}
