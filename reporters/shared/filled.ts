import type { Report } from '../../report/report.ts';
import { fillIn } from '../../report/stand-ins.ts';

/**
 * A report with what its stand-ins stand for, for formats that are read once and compared with no other. Cells and exchanges,
 * which make up most of a report, stay as they are: such formats show of them the commands only.
 */
export const filled = (report: Report): Report => {
  const { run, cells, evidence, ...said } = report;
  // Ids and ports are letters, digits, hyphens and underscores, which mean nothing to JSON.
  const filledIn = JSON.parse(fillIn(JSON.stringify(said), run.values)) as typeof said;
  return {
    run,
    cells,
    evidence: evidence.map((each) => ({ ...each, curl: fillIn(each.curl, run.values) })),
    ...filledIn,
  };
};
