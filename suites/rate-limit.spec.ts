import { test } from '@playwright/test';
import { getContext, getSession } from '../config/context.ts';
import { runBursts } from '../runner/run-bursts.ts';
import { burstsOnce, findTrouble, loadGroundwork } from '../runner/run-directory.ts';
import { declareCell } from './cell-test.ts';
import { provokeFaults } from './provoke-faults.ts';

// The rate limit: one burst for all operations, after everything else and with nothing beside it. Playwright takes files by
// name, so this one comes last; the lock in run-directory.ts keeps what is still under way apart from it. In this mode the file
// is one group, which no shard divides, not even with --fully-parallel.
test.describe.configure({ mode: 'default' });

for (const cell of getContext().plan.cells) {
  if (cell.notApplicable === undefined && cell.status === 429) {
    // Alone, so with all that the workers share.
    declareCell(cell, async (share) => {
      const faults = await provokeFaults(getSession(share, true), loadGroundwork(), cell, share);
      const bursts = await burstsOnce(() => burst(share));
      return { ...faults, ...bursts };
    });
  }
}

/** A target that a fault has left in trouble is not put under load. */
function burst(share: number): ReturnType<typeof runBursts> {
  const trouble = findTrouble();
  if (trouble !== undefined) throw new Error(trouble);
  return runBursts(getSession(share, true), loadGroundwork());
}
