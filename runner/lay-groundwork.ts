import { collectControls, expandCell } from '../engine/plan.ts';
import { buildWorld, type Journal } from './build-world.ts';
import { sweepSwitches } from './faults/throw-switch.ts';
import type { Groundwork } from './groundwork.ts';
import { checkTarget } from './preflight.ts';
import { runControls } from './run-controls.ts';
import { type Session, sceneOf } from './session.ts';
import { sweep } from './sweep.ts';

/**
 * Everything that comes before the first provocation: the target is there and is this API, the run's objects stand, and
 * every control of the plan has been sent once. Throws a PreflightError when the target cannot be tested.
 */
export async function layGroundwork(session: Session, url: string, run: string, journal: Journal): Promise<Groundwork> {
  const { allow, profile } = session.capabilities;
  if (allow.includes('fault')) await sweepSwitches(profile.switches);
  await checkTarget(session, url);
  if (allow.includes('write')) await sweep(session);
  const world = await buildWorld(session, run, journal);
  const scene = sceneOf(session, world);
  const cases = session.cells.flatMap((cell) =>
    cell.notApplicable === undefined ? expandCell(cell, scene).cases : [],
  );
  return { world, controls: await runControls(session, collectControls(cases), journal) };
}
