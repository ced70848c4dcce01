import { getContext, getSession } from '../config/context.ts';
import { isSwitched } from '../engine/plan.ts';
import { loadGroundwork } from '../runner/run-directory.ts';
import { declareCell } from './cell-test.ts';
import { provokeFaults } from './provoke-faults.ts';

// What needs the target to be switched to fail: after all other cells and before the rate limit, because Playwright takes files
// by name, and with nothing beside it, by the lock in run-directory.ts.
for (const cell of getContext().plan.cells) {
  if (cell.notApplicable === undefined && cell.status !== 429 && isSwitched(cell)) {
    declareCell(cell, (share) => provokeFaults(getSession(share, true), loadGroundwork(), cell, share));
  }
}
