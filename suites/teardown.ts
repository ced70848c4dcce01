import type { FullConfig } from '@playwright/test';
import { getSession } from '../config/context.ts';
import { cleanUp } from '../runner/clean-up.ts';
import { restore } from '../runner/faults/restore.ts';
import { findTrouble, listRemovals, loadGroundwork, removeRunDirectory, SWITCHES } from '../runner/run-directory.ts';
import { findOwn } from '../runner/sweep.ts';
import { stopSetup } from './setup.ts';
import { shareOf } from './share.ts';

/**
 * After the last test, also after a failure or an interruption: faults are switched off, and everything the run made is removed,
 * here and on the target.
 */
export default async function teardown(config: FullConfig): Promise<void> {
  await stopSetup();
  try {
    const problems = await restoreAndRemove(shareOf(config));
    if (problems.length > 0) throw new Error([...new Set(problems)].join(' '));
  } finally {
    removeRunDirectory();
  }
}

async function restoreAndRemove(share: number): Promise<string[]> {
  const session = getSession(share);
  const trouble = findTrouble();
  const problems = trouble === undefined ? [] : [trouble];
  // First: what is removed is removed from an API that works.
  problems.push(...(await restore(session, SWITCHES)));
  const removals = listRemovals();
  if (SWITCHES.list().length > 0) removals.push(...(await findOwn(session, loadGroundwork().world.run)));
  const left = await cleanUp(session, removals);
  if (left.length > 0) problems.push(`Objects of this run were left behind: ${left.join('; ')}`);
  return problems;
}
