import type { CellRecord, Counts, Outcome } from '../judge/finding.ts';
import { countCases } from '../judge/outcome.ts';
import type { Contract } from '../schemas/contract.ts';
import type { StatusOutcome, StatusRecord } from './report.ts';

/** Each published status over all operations. */
export function summariseStatuses(
  contract: Pick<Contract, 'statuses' | 'statusNames'>,
  cells: CellRecord[],
): Record<string, StatusRecord> {
  return Object.fromEntries(
    contract.statuses.map((status) => {
      const own = cells.filter((cell) => cell.status === status && cell.outcome !== 'not-applicable');
      return [String(status), summarise(contract.statusNames[status] ?? '', own)];
    }),
  );
}

function summarise(name: string, cells: CellRecord[]): StatusRecord {
  const number = (...outcomes: Outcome[]) => cells.filter((cell) => outcomes.includes(cell.outcome)).length;
  return {
    name,
    outcome: summariseOutcomes(cells),
    applicable: cells.length,
    provoked: number('pass', 'warn', 'fail'),
    conforming: number('pass', 'warn'),
    failing: number('fail'),
    untestable: number('untestable'),
    error: number('error'),
    simulated: cells.filter((cell) => cell.provenance !== undefined && cell.provenance !== 'organic').length,
    cases: sumCounts(cells.map((cell) => cell.counts)),
  };
}

/** The outcome of a status: what is wrong first, then what is missing; a status provoked in part is not passed. */
function summariseOutcomes(cells: CellRecord[]): StatusOutcome {
  const has = (outcome: Outcome) => cells.some((cell) => cell.outcome === outcome);
  if (cells.length === 0) return 'not-applicable';
  if (has('fail')) return 'fail';
  if (has('error')) return 'error';
  if (has('untestable')) return has('pass') || has('warn') ? 'incomplete' : 'untestable';
  return has('warn') ? 'warn' : 'pass';
}

function sumCounts(all: Counts[]): Counts {
  const sum = countCases([]);
  for (const counts of all) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key];
  return sum;
}
