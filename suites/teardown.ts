import type { FullConfig } from '@playwright/test';
import { getSession } from '../config/context.ts';
import { cleanUp } from '../runner/clean-up.ts';
import { listRemovals, removeRunDirectory } from '../runner/run-directory.ts';
import { stopSetup } from './setup.ts';
import { shareOf } from './share.ts';

/** After the last test, also after a failure or an interruption: everything the run made is removed, here and on the target. */
export default async function teardown(config: FullConfig): Promise<void> {
  await stopSetup();
  try {
    const left = await cleanUp(getSession(shareOf(config)), listRemovals());
    if (left.length > 0) throw new Error(`Objects of this run were left behind: ${left.join('; ')}`);
  } finally {
    removeRunDirectory();
  }
}
