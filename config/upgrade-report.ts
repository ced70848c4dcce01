import { classOf } from '../judge/fingerprint.ts';
import { REPORT_VERSION } from '../report/report.ts';

/** The oldest format that can be read. */
const OLDEST = 2;

/** The formats that can be read, as they are told. */
export const READABLE = `${OLDEST} to ${REPORT_VERSION}`;

/** What is looked at of a report of format 2, before anything is known of it. */
type Older = {
  reportVersion: number;
  changes?: unknown;
  findings?: ({ actual: number | null; cluster?: string; seen?: number } & Record<string, unknown>)[];
  cells?: ({ probes?: Record<string, unknown> } & Record<string, unknown>)[];
};

/** Whether a report of another format than today's can be read. */
export function isReadable(version: unknown): boolean {
  return typeof version === 'number' && version >= OLDEST && version <= REPORT_VERSION;
}

/**
 * A report of an older format as one of today's, with where it comes from. Conditions, places and kinds of probes stay unknown, and
 * what it said of a run before it is left out.
 */
export function upgradeReport(value: unknown): unknown {
  const { reportVersion, changes: _, findings, cells, ...rest } = (value ?? {}) as Older;
  if (reportVersion === REPORT_VERSION || !Array.isArray(findings) || !Array.isArray(cells)) return value;
  return {
    ...rest,
    reportVersion: REPORT_VERSION,
    readFrom: reportVersion,
    findings: findings.map(({ cluster: __, seen: probes, ...finding }) => ({
      ...finding,
      ...(probes !== undefined && { probes }),
      seen: classOf(finding.actual),
      place: '',
    })),
    cells: cells.map((cell) => (cell.probes ? { ...cell, probes: { ...cell.probes, kinds: [] } } : cell)),
  };
}
