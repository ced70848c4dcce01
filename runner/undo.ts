import type { Journal, Removal } from './build-world.ts';
import { cleanUp } from './clean-up.ts';
import type { Session } from './session.ts';

/** Removes at once what a request made that was to make nothing that stays; what is still there afterwards is noted for the end of the run. */
export async function undo(session: Session, removals: readonly Removal[], journal: Journal): Promise<boolean> {
  if (removals.length === 0) return true;
  let isGone = false;
  try {
    isGone = (await cleanUp(session, removals)).length === 0;
  } finally {
    // A run that is stopped just now removes it at its end.
    if (!isGone) for (const removal of removals) journal(removal);
  }
  return isGone;
}
