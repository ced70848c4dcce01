import { loadTarget } from '../../config/target-profile.ts';
import type { Danger } from '../../plan/case.ts';
import { emptyWorld, extendWorld, makeHeld } from '../../runner/build-world.ts';
import { keepMark } from '../../runner/keep-mark.ts';
import { makePlan, openSession, type Session, type Target } from '../../runner/session.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';

/** A session on a reference. */
export function sessionOn(target: Target, allow: Danger[] = ['read', 'reject', 'write']): Session {
  const plan = makePlan(CONTRACT, { allow, tokenInUrl: true, admin: false, profile: loadTarget('reference') }, [
    'contract',
  ]);
  return openSession(plan, target, { timeoutMs: 5000, concurrency: 4 });
}

/** Makes a run's objects as a run does that is then killed: nobody removes them. Yields how many, its mark included. */
export async function leaveObjects(session: Session, run: string, isMarked = true): Promise<number> {
  let made = 0;
  const count = () => {
    made += 1;
  };
  if (isMarked) {
    await keepMark(session, run, { schedule: () => () => {} }).begin();
    count();
  }
  const world = emptyWorld(run);
  await extendWorld(session, world, session.resources, count);
  for (const operation of session.contract.operations) await makeHeld(session, world, operation, count);
  return made;
}
