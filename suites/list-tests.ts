import { cellKey } from '../plan/cell-key.ts';
import { whyUntestable } from '../plan/plan.ts';
import { phaseOf } from '../runner/phases.ts';
import type { Plan } from '../runner/session.ts';

/** The test of a cell, as much as a worker has to know to declare it. */
export type CellTest = {
  /** Name of the phase that its cell ends in. */
  phase: string;
  /** Key of the cell, and its operation and status as a person reads them. */
  cell: string;
  operation: string;
  status: string;
  tag: string[];
  /** Why nothing can be sent for it; it is skipped then. */
  untestable?: string;
};

/** The tests of a plan: one for each cell that can occur. */
export function listTests({ cells, contract, capabilities }: Plan): CellTest[] {
  return cells
    .filter((cell) => cell.notApplicable === undefined)
    .map((cell) => {
      const { operation, status } = cell;
      const untestable = whyUntestable(cell);
      return {
        phase: phaseOf(cell, capabilities.profile).name,
        cell: cellKey(operation.id, status),
        operation: `${operation.method} ${operation.path}`,
        status: `${status} ${contract.statusNames[status]}`,
        tag: [`@${status}`, `@${operation.tag.replace(/\W+/g, '-')}`],
        ...(untestable !== undefined && { untestable }),
      };
    });
}
