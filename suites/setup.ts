import { getContext, getSession, getTarget } from '../config/context.ts';
import { cleanUp } from '../runner/clean-up.ts';
import { layGroundwork } from '../runner/lay-groundwork.ts';
import { PreflightError } from '../runner/preflight.ts';
import { listRemovals, makeRunDirectory, noteRemoval, saveGroundwork } from '../runner/run-directory.ts';

/** Before the first test: the target is checked, the run's objects are made and every control is sent, once for all workers. */
export default async function setup(): Promise<void> {
  makeRunDirectory();
  const session = getSession();
  try {
    const run = Math.random().toString(36).slice(2, 8);
    saveGroundwork(await layGroundwork(session, getTarget(getContext().settings).url, run, noteRemoval));
  } catch (error) {
    // Playwright runs no teardown after a setup that failed.
    await cleanUp(session, listRemovals());
    throw plain(error);
  }
}

/** A preflight's message without the stack: it is about the target, and Playwright would print our source beside it. */
function plain(error: unknown): unknown {
  if (error instanceof PreflightError) error.stack = error.message;
  return error;
}
