import { describe, expect, test } from 'vitest';
import { keepMark } from '../../runner/keep-mark.ts';
import { newRunId } from '../../runner/run-id.ts';
import { createRunner, FIRST } from '../../runner/runner.ts';
import type { Session } from '../../runner/session.ts';
import { sweep } from '../../runner/sweep.ts';
import { withClock } from './clock.ts';
import { leaveObjects, sessionOn } from './left-objects.ts';
import { listEverything } from './support.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Begins a run, as far as its first cell, and ends it; yields what it says is left. */
async function beginRun(session: Session, url: string): Promise<string[]> {
  const runner = createRunner(session, { url, id: newRunId() });
  await runner.carryOut({ cell: 'listSinks 401', attempt: FIRST });
  expect(await runner.close()).toEqual([]);
  return runner.leftovers();
}

const NOTHING = { found: 0, left: [], notes: [] };

test('what a run left whose mark is an hour old is removed, whatever uses whatever; nothing else is', async () => {
  await withClock(async (target, reference, clock) => {
    const before = await listEverything(reference);
    const session = sessionOn(target);
    const made = await leaveObjects(session, newRunId());
    expect(made).toBeGreaterThan(10);
    clock.ms = 59 * MINUTE;
    expect(await sweep(session)).toEqual(NOTHING);
    clock.ms = 61 * MINUTE;
    // Backfills have no names; they go with their sinks.
    expect(await sweep(session)).toEqual({ found: made - 3, left: [], notes: [] });
    expect(await listEverything(reference)).toEqual(before);
    expect(await sweep(session)).toEqual(NOTHING);
  });
});

describe('what may belong to a run that is still under way stays', () => {
  test.each([
    ['as ours', 0],
    ['a day ahead', DAY],
    ['a day behind', -DAY],
    ['61 minutes behind', -61 * MINUTE],
  ])('for three hours, beside a run whose clock is the same while its own is %s', async (_, skew) => {
    await withClock(async (target, reference, clock) => {
      // Each run has an id by the clock of its own machine, and that is all that it tells of it.
      const run = newRunId(Date.now() + skew);
      const timer: { work?: () => void; ms?: number } = {};
      const schedule = (work: () => void, ms: number) => {
        Object.assign(timer, { work, ms });
        return () => {};
      };
      const session = sessionOn(target);
      const mark = keepMark(session, run, { schedule });
      await mark.begin();
      await leaveObjects(session, run, false);
      const sinks = async () => (await listEverything(reference))['/sinks'];
      const before = await sinks();
      const names = new Set<string>();
      for (let minutes = 10; minutes <= 180; minutes += 10) {
        expect(timer.ms).toBe(10 * MINUTE);
        clock.ms = minutes * MINUTE - 1;
        expect(await sweep(sessionOn(target), newRunId(Date.now() - skew))).toEqual(NOTHING);
        clock.ms = minutes * MINUTE;
        timer.work?.();
        await mark.renew();
        const marks = JSON.stringify(await listEverything(reference)).match(/ecc-[0-9a-z]{10}-alive-\d{8}/g) ?? [];
        expect(marks.length).toBe(1);
        names.add(String(marks[0]));
      }
      expect(names.size).toBe(18);
      expect(await sinks()).toEqual(before);
      // From here on it is as good as killed.
      clock.ms = 3 * HOUR + 58 * MINUTE;
      expect(await sweep(sessionOn(target))).toEqual(NOTHING);
      clock.ms = 4 * HOUR + MINUTE;
      expect(await sweep(sessionOn(target))).toMatchObject({ left: [], notes: [] });
      expect(await sinks()).not.toEqual(before);
    });
  });

  test('where its mark is made anew while the lists are looked through', async () => {
    const renewals: (() => Promise<void>)[] = [];
    await withClock(
      async (target, reference, clock) => {
        const session = sessionOn(target);
        const mark = keepMark(session, newRunId(), { schedule: () => () => {} });
        await mark.begin();
        clock.ms = 61 * MINUTE;
        const before = Object.values(await listEverything(reference)).flat().length;
        // What was listed before it was made anew is an hour old.
        renewals.push(mark.renew);
        await sweep(sessionOn(target));
        expect(Object.values(await listEverything(reference)).flat().length).toBe(before);
      },
      {
        async answer(back, passing) {
          const isList = passing.method === 'GET' && String(back.body).includes('-alive-');
          const [renew] = isList ? renewals.splice(0) : [];
          await renew?.();
          return back;
        },
      },
    );
  });

  test('names that only look like ours', async () => {
    await withClock(async (target, reference, clock) => {
      await leaveObjects(sessionOn(target), 'database10', false);
      const before = await listEverything(reference);
      clock.ms = 2 * DAY;
      expect(await sweep(sessionOn(target))).toEqual(NOTHING);
      expect(await listEverything(reference)).toEqual(before);
    });
  });
});

describe('where nobody can tell whether a run is under way nothing is removed, and a person is told', () => {
  test('without a mark', async () => {
    await withClock(async (target, reference, clock) => {
      await leaveObjects(sessionOn(target), newRunId(), false);
      const before = await listEverything(reference);
      clock.ms = 2 * DAY;
      const { notes, ...rest } = await sweep(sessionOn(target));
      expect(rest).toEqual({ found: 0, left: [] });
      expect(notes).toEqual([
        expect.stringMatching(
          /^Objects of earlier runs are left: \w+ "ecc-[^"]*" and \d+ more; the runs that made them left no mark .*"npm run sweep" lists them\.$/,
        ),
      ]);
      expect(await listEverything(reference)).toEqual(before);
    });
  });

  test('without a Date', async () => {
    await withClock(async (target, reference, clock) => {
      await leaveObjects(sessionOn(target), newRunId());
      const before = await listEverything(reference);
      clock.ms = undefined;
      const { notes, ...rest } = await sweep(sessionOn(target));
      expect(rest).toEqual({ found: 0, left: [] });
      expect(notes).toEqual([expect.stringMatching(/no answer has a Date header .*"npm run sweep" lists them\.$/)]);
      expect(await listEverything(reference)).toEqual(before);
    });
  });

  test('where a list cannot be looked through', async () => {
    let isBroken = false;
    await withClock(
      async (target, reference, clock) => {
        await leaveObjects(sessionOn(target), newRunId());
        const before = await listEverything(reference);
        clock.ms = 2 * HOUR;
        isBroken = true;
        const { notes } = await sweep(sessionOn(target));
        expect(notes[0]).toMatch(/could not be looked for: GET \/\S+ answered 500\.$/);
        expect((await listEverything(reference))['/destinations/http_endpoints']).toEqual(
          before['/destinations/http_endpoints'],
        );
      },
      {
        request: (passing) =>
          isBroken && passing.method === 'GET' && /^\/(?:destinations|postgres)\S*s$/.test(passing.target)
            ? { answer: { status: 500, headers: {}, body: '' } }
            : passing,
      },
    );
  });
});

test('the next run sweeps where it may write, and only there, and says what it did not remove', async () => {
  await withClock(async (target, reference, clock) => {
    const before = await listEverything(reference);
    await leaveObjects(sessionOn(target), newRunId());
    const full = await listEverything(reference);
    clock.ms = 61 * MINUTE;
    expect(await beginRun(sessionOn(target, ['read', 'reject']), target.url)).toEqual([]);
    expect(await listEverything(reference)).toEqual(full);
    expect(await beginRun(sessionOn(target), target.url)).toEqual([]);
    expect(await listEverything(reference)).toEqual(before);
    await leaveObjects(sessionOn(target), newRunId(), false);
    expect(await beginRun(sessionOn(target), target.url)).toEqual([expect.stringContaining('"npm run sweep"')]);
  });
});
