import { type CellOutcome, cellKey } from '../engine/build-report.ts';
import { whyUntestable } from '../engine/plan.ts';
import type { Removal } from './build-world.ts';
import { cleanUp } from './clean-up.ts';
import { layGroundwork } from './lay-groundwork.ts';
import { runBursts } from './run-bursts.ts';
import { runCell } from './run-cell.ts';
import type { Session } from './session.ts';

/** What a whole run yields: results by `cellKey`, and what could not be removed afterwards. */
export type Run = { results: Map<string, CellOutcome>; errors: string[] };

/** Carries a plan out in this process, without Playwright: groundwork, cells, bursts last, clean-up whatever happens. */
export async function runPlan(session: Session, url: string, id: string): Promise<Run> {
  const removals: Removal[] = [];
  const journal = (removal: Removal) => void removals.push(removal);
  const results = new Map<string, CellOutcome>();
  let errors: string[] = [];
  try {
    const groundwork = await layGroundwork(session, url, id, journal);
    const cells = session.cells.filter((cell) => cell.notApplicable === undefined && whyUntestable(cell) === undefined);
    const bursting = cells.filter((cell) => cell.status === 429);
    for (const cell of cells.filter((each) => !bursting.includes(each))) {
      results.set(cellKey(cell.operation.id, cell.status), await runCell(session, cell, groundwork, journal));
    }
    const bursts = await runBursts(session, groundwork);
    for (const cell of bursting) {
      results.set(cellKey(cell.operation.id, cell.status), await runCell(session, cell, groundwork, journal, bursts));
    }
  } finally {
    errors = (await cleanUp(session, removals)).map((left) => `an object of this run was left behind: ${left}`);
  }
  return { results, errors };
}
