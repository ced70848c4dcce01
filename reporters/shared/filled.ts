import type { Report } from '../../engine/report.ts';
import { fillIn } from '../../engine/stand-ins.ts';

/** A report with what its stand-ins stand for, for formats that are read once and compared with no other. */
export const filled = (report: Report): Report => {
  const { run, ...rest } = report;
  // Ids and ports are letters, digits, hyphens and underscores, which mean nothing to JSON.
  return { run, ...(JSON.parse(fillIn(JSON.stringify(rest), run.values)) as Omit<Report, 'run'>) };
};
