import type { Answer } from '../engine/answer.ts';
import type { CellOutcome } from '../engine/build-report.ts';
import { cellKey } from '../engine/cell-key.ts';
import { isSwitched, type PlannedCell, whyUntestable } from '../engine/plan.ts';
import type { Removal } from './build-world.ts';
import { cleanUp } from './clean-up.ts';
import { restore } from './faults/restore.ts';
import { runFaults } from './faults/run-faults.ts';
import { keepJournal } from './faults/throw-switch.ts';
import { layGroundwork } from './lay-groundwork.ts';
import { runBursts } from './run-bursts.ts';
import { runCell } from './run-cell.ts';
import type { Session } from './session.ts';
import { findOwn } from './sweep.ts';

/** What a whole run yields: results by `cellKey`, and what could not be removed afterwards. */
export type Run = { results: Map<string, CellOutcome>; errors: string[] };

/** Carries a plan out in this process, without Playwright: groundwork, cells, faults, bursts last, clean-up whatever happens. */
export async function runPlan(session: Session, url: string, id: string): Promise<Run> {
  const removals: Removal[] = [];
  const journal = (removal: Removal) => void removals.push(removal);
  const results = new Map<string, CellOutcome>();
  const switches = keepJournal();
  const errors: string[] = [];
  try {
    const groundwork = await layGroundwork(session, url, id, journal);
    const cells = session.cells.filter((cell) => cell.notApplicable === undefined && whyUntestable(cell) === undefined);
    const isLate = (cell: PlannedCell) => cell.status === 429 || isSwitched(cell);
    const carryOut = async (cell: PlannedCell, apart: Record<string, Answer> = {}) => {
      const result = await runCell(session, cell, groundwork, journal, apart);
      results.set(cellKey(cell.operation.id, cell.status), result);
    };
    for (const cell of cells.filter((each) => !isLate(each))) await carryOut(cell);
    const faults = await runFaults(session, groundwork, { removals: journal, switches });
    if (faults.trouble !== undefined) errors.push(faults.trouble);
    // A target that is not itself any more is not put under load.
    const bursts = faults.trouble === undefined ? await runBursts(session, groundwork) : {};
    for (const cell of cells.filter(isLate)) await carryOut(cell, { ...faults.answers, ...bursts });
  } finally {
    errors.push(...(await restore(session, switches)));
    if (switches.list().length > 0) removals.push(...(await findOwn(session, id)));
    const left = await cleanUp(session, removals);
    errors.push(...left.map((each) => `an object of this run was left behind: ${each}`));
  }
  return { results, errors };
}
