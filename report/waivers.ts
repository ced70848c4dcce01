import type { CellRecord, Finding } from '../judge/finding.ts';
import { matches } from '../judge/fingerprint.ts';
import { isProvoked } from '../judge/outcome.ts';
import { rejudge } from './rejudge.ts';
import type { Report } from './report.ts';
import type { Waiver, WaiverRecord, WaiverState } from './waiver.ts';

/** A waiver with so many days left, or fewer, is about to expire. */
const SOON_DAYS = 14;

/**
 * The report with its waivers applied: findings that one lets be decide nothing any more, and one that has to go is an error.
 * It can be applied again, with the same waivers or others, such as to a report that was put together from the shards of a run.
 */
export function applyWaivers(report: Report, waivers: readonly Waiver[]): Report {
  const records = waivers.map((waiver) => recordWaiver(waiver, report));
  const findings = report.findings.map((finding): Finding => {
    const { waived: _, ...plain } = finding;
    const index = records.findIndex((record) => record.state === 'active' && isAbout(record, finding));
    return index === -1 ? plain : { ...plain, waived: index };
  });
  const stale = new Set(report.waivers?.map(({ problem }) => problem));
  const errors = report.errors
    .filter((error) => !stale.has(error))
    .concat(records.flatMap(({ problem }) => problem ?? []));
  return { ...rejudge({ ...report, errors }, findings), waivers: records };
}

/** Whether a waiver is about a finding: only what the API itself did can be held against it, and so be waived. */
function isAbout(waiver: Waiver, finding: Omit<Finding, 'evidence'>): boolean {
  return finding.provenance === 'organic' && matches(waiver, finding);
}

/** Whether one of the waivers that hold at an instant (RFC 3339) is about a finding. */
export function isWaived(finding: Omit<Finding, 'evidence'>, waivers: readonly Waiver[], instant: string): boolean {
  return waivers.some((waiver) => !isExpired(waiver, instant) && isAbout(waiver, finding));
}

/** Whether a run that began at an instant (RFC 3339) came after the waiver's last day, in UTC. */
function isExpired({ expires }: Pick<Waiver, 'expires'>, instant: string): boolean {
  return expires < new Date(instant).toISOString().slice(0, 10);
}

/** Whether a waiver holds at an instant and will not in two weeks. */
function expiresSoon(waiver: Waiver, instant: string): boolean {
  const then = new Date(instant);
  then.setUTCDate(then.getUTCDate() + SOON_DAYS + 1);
  return !isExpired(waiver, instant) && isExpired(waiver, then.toISOString());
}

function covers({ operation, status }: Waiver, place: Pick<CellRecord, 'operation' | 'status'>): boolean {
  return (operation?.includes(place.operation) ?? true) && (status?.includes(place.status) ?? true);
}

function recordWaiver(waiver: Waiver, report: Report): WaiverRecord {
  const found = report.findings.filter((finding) => isAbout(waiver, finding));
  const [state, why] = judgeWaiver(waiver, found.length, report);
  const cells = report.cells.flatMap(({ operation, status }) =>
    found.some((finding) => finding.operation === operation && finding.status === status)
      ? [{ operation, status }]
      : [],
  );
  const record: WaiverRecord = { ...waiver, state, findings: found.length, cells };
  if (expiresSoon(waiver, report.run.startedAt)) record.soon = true;
  return why === undefined ? record : { ...record, problem: describeProblem(waiver, why) };
}

/** What became of a waiver, and why it has to go. */
function judgeWaiver(waiver: Waiver, found: number, report: Report): [WaiverState, string?] {
  if (isExpired(waiver, report.run.startedAt)) return ['expired', `expired on ${waiver.expires}`];
  const unknown = findUnknown(waiver, report);
  if (unknown !== undefined) return ['unknown', `names ${unknown}`];
  if (found > 0) return ['active'];
  if (waiver.intermittent) return ['silent'];
  const cells = cellsOf(waiver, report);
  if (!cells.every(isSearched) || !wasSent(waiver, cells)) return ['unproven'];
  const where = cells.length === 1 ? 'its cell' : `any of its ${cells.length} cells`;
  return ['gone', `waives what no longer occurs in ${where}`];
}

/** What a waiver names that is not there; a check that was renamed or a cell that cannot occur would never be missed otherwise. */
function findUnknown(waiver: Waiver, report: Report): string | undefined {
  const { clauses, operations, statuses } = report;
  const { check } = waiver;
  if (check !== undefined && !clauses.some(({ checks }) => checks.includes(check)))
    return 'a check that does not exist';
  const operation = waiver.operation?.find((id) => !operations.some((known) => known.id === id));
  if (operation !== undefined) return `the operation "${operation}", which the contract does not have`;
  const status = waiver.status?.find((each) => !(String(each) in statuses));
  if (status !== undefined) return `the status ${status}, which the contract does not publish`;
  return cellsOf(waiver, report).length === 0 ? 'no cell that can occur' : undefined;
}

function cellsOf(waiver: Waiver, { cells }: Report): CellRecord[] {
  return cells.filter((cell) => covers(waiver, cell) && cell.outcome !== 'not-applicable');
}

/** Whether what a waiver is about by provocation or condition was sent at all. */
function wasSent({ provocation, condition }: Waiver, cells: CellRecord[]): boolean {
  const cases = cells.flatMap((cell) => cell.cases).filter(isProvoked);
  return (
    (provocation?.every((id) => cases.some((each) => each.provocation === id)) ?? true) &&
    (condition?.every((id) => cases.some((each) => each.condition === id)) ?? true)
  );
}

/** Whether everything that could show a finding in a cell was sent: only then does it mean something that none shows. */
function isSearched(cell: CellRecord): boolean {
  return isProvoked(cell) && cell.partial === undefined && cell.counts.untestable + cell.counts.error === 0;
}

function describeProblem({ file, lines: [first, last], check }: Waiver, why: string): string {
  const which = check === undefined ? 'the waiver' : `the waiver of "${check}"`;
  const lines = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  return `${file}:${first}: ${which} ${why}; delete ${lines}`;
}
