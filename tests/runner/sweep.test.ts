import { expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { Danger } from '../../plan/case.ts';
import type { Reference } from '../../reference/server.ts';
import { emptyWorld, extendWorld, makeHeld } from '../../runner/build-world.ts';
import { newRunId } from '../../runner/run-id.ts';
import { createRunner, FIRST } from '../../runner/runner.ts';
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
async function leaveObjects(session: Session, run: string): Promise<number> {
  let made = 0;
  const count = () => {
    made += 1;
  };
  const world = emptyWorld(run);
  await extendWorld(session, world, session.resources, count);
  for (const operation of session.contract.operations) await makeHeld(session, world, operation, count);
  return made;
}

/** Begins a run, as far as its first cell, and ends it. */
async function beginRun(session: Session, url: string): Promise<void> {
  const runner = createRunner(session, { url, id: newRunId() });
  await runner.carryOut({ cell: 'listSinks 401', attempt: FIRST });
  expect(await runner.close()).toEqual([]);
}

test('what a killed run left more than an hour ago is removed, whatever uses whatever; nothing else is', async () => {
  await withReference({}, async (reference) => {
    const before = await listEverything(reference);
    const session = sessionOn(reference);
    const made = await leaveObjects(session, newRunId(Date.now() - 2 * HOUR));
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
    await leaveObjects(session, newRunId());
    await leaveObjects(session, 'database10');
    const before = await listEverything(reference);
    expect(await sweep(session)).toEqual({ found: 0, left: [] });
    expect(await listEverything(reference)).toEqual(before);
  });
});

test('the next run sweeps where it may write, and only there', async () => {
  await withReference({}, async (reference) => {
    await leaveObjects(sessionOn(reference), newRunId(Date.now() - 2 * HOUR));
    const count = async () => Object.values(await listEverything(reference)).flat().length;
    const full = await count();
    await beginRun(sessionOn(reference, ['read', 'reject']), reference.url);
    expect(await count()).toBe(full);
    await beginRun(sessionOn(reference), reference.url);
    expect(JSON.stringify(await listEverything(reference))).not.toContain(
      `ecc-${newRunId(Date.now() - 2 * HOUR).slice(0, 5)}`,
    );
  });
});
