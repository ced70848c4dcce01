import { expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { Danger } from '../../engine/case.ts';
import type { Reference } from '../../reference/server.ts';
import { buildWorld } from '../../runner/build-world.ts';
import { layGroundwork } from '../../runner/lay-groundwork.ts';
import { newRunId } from '../../runner/run-id.ts';
import { makePlan, openSession, type Session } from '../../runner/session.ts';
import { sweep } from '../../runner/sweep.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import { listEverything, withReference } from './support.ts';

const HOUR = 60 * 60_000;

function sessionOn(reference: Reference, allow: Danger[] = ['read', 'reject', 'write']): Session {
  const plan = makePlan(CONTRACT, { allow, tokenInUrl: true, admin: false, profile: loadTarget('reference') }, [
    'contract',
  ]);
  return openSession(plan, reference, { timeoutMs: 5000, concurrency: 4 });
}

/** Makes a run's objects as a run does that is then killed: nobody removes them. */
async function leaveObjects(session: Session, startedAt: number): Promise<number> {
  let made = 0;
  await buildWorld(session, newRunId(startedAt), () => {
    made += 1;
  });
  return made;
}

test('what a killed run left more than an hour ago is removed, whatever uses whatever; nothing else is', async () => {
  await withReference({}, async (reference) => {
    const before = await listEverything(reference);
    const session = sessionOn(reference);
    const made = await leaveObjects(session, Date.now() - 2 * HOUR);
    expect(made).toBeGreaterThan(9);
    // Backfills have no names; they go with their sinks.
    expect(await sweep(session)).toEqual({ found: made - 3, left: [] });
    expect(await listEverything(reference)).toEqual(before);
    expect(await sweep(session)).toEqual({ found: 0, left: [] });
  });
});

test('what may belong to a run that is still under way stays, and names that only look like ours', async () => {
  await withReference({}, async (reference) => {
    const session = sessionOn(reference);
    await leaveObjects(session, Date.now());
    await buildWorld(session, 'database10', () => {});
    const before = await listEverything(reference);
    expect(await sweep(session)).toEqual({ found: 0, left: [] });
    expect(await listEverything(reference)).toEqual(before);
  });
});

test('the next run sweeps where it may write, and only there', async () => {
  await withReference({}, async (reference) => {
    await leaveObjects(sessionOn(reference), Date.now() - 2 * HOUR);
    const count = async () => Object.values(await listEverything(reference)).flat().length;
    const full = await count();
    await layGroundwork(sessionOn(reference, ['read', 'reject']), reference.url, newRunId(), () => {});
    expect(await count()).toBe(full);
    await layGroundwork(sessionOn(reference), reference.url, newRunId(), () => {});
    expect(JSON.stringify(await listEverything(reference))).not.toContain(
      `ecc-${newRunId(Date.now() - 2 * HOUR).slice(0, 5)}`,
    );
  });
});
