import { describe, expect, test } from 'vitest';
import type { Reference } from '../../reference/server.ts';
import { type Keeping, keepMark, type MarkKeeper } from '../../runner/keep-mark.ts';
import { readMark } from '../../runner/mark.ts';
import { newRunId } from '../../runner/run-id.ts';
import { createRunner, FIRST, type Runner } from '../../runner/runner.ts';
import type { Session } from '../../runner/session.ts';
import { type Clock, withClock } from './clock.ts';
import { sessionOn } from './left-objects.ts';
import { sessionFor } from './lister.ts';
import type { Rules } from './proxy.ts';
import { shopContract } from './shop/contract.ts';
import { startShop } from './shop/server.ts';
import { listEverything } from './support.ts';

const MINUTE = 60_000;

/** Names of the marks that stand on a reference. */
async function marksOn(reference: Reference): Promise<string[]> {
  return JSON.stringify(await listEverything(reference)).match(/ecc-[0-9a-z]{10}-alive-\d{8}/g) ?? [];
}

type Kept = {
  mark: MarkKeeper;
  session: Session;
  reference: Reference;
  clock: Clock;
  tick: () => Promise<void>;
  waits: number[];
};

/** A mark that was begun on a reference with a clock; `tick` lets pass what it waits for, and `waits` are how long that was. */
function withMark(work: (kept: Kept) => Promise<void>, keeping: Keeping = {}, rules: Rules = {}): Promise<void> {
  return withClock(async (target, reference, clock) => {
    const session = sessionOn(target);
    const waits: number[] = [];
    let next = () => {};
    const schedule = (ring: () => void, ms: number) => {
      waits.push(ms);
      next = ring;
      return () => {
        next = () => {};
      };
    };
    const mark = keepMark(session, newRunId(), { ...keeping, schedule });
    await mark.begin();
    const tick = async () => {
      const count = waits.length;
      next();
      await expect.poll(() => waits.length).toBeGreaterThan(count);
    };
    await work({ mark, session, reference, clock, tick, waits });
  }, rules);
}

test('it is made anew every ten minutes, by the clock of the server, before the old one goes', async () => {
  const seen: string[] = [];
  await withMark(
    async ({ reference, clock, tick, waits }) => {
      const [first] = await marksOn(reference);
      clock.ms = 10 * MINUTE;
      await tick();
      const [second, ...others] = await marksOn(reference);
      expect(others).toEqual([]);
      expect((readMark(second ?? '')?.at ?? 0) - (readMark(first ?? '')?.at ?? 0)).toBe(10 * MINUTE);
      expect(waits).toEqual([10 * MINUTE, 10 * MINUTE]);
      expect(seen).toEqual(['POST', 'POST', 'DELETE']);
    },
    {},
    {
      request(passing) {
        if (passing.method !== 'GET') seen.push(passing.method);
        return passing;
      },
    },
  );
});

test('where that fails the old one stays, and it is tried again a minute later', async () => {
  let isFull = false;
  await withMark(
    async ({ reference, clock, tick, waits }) => {
      const before = await marksOn(reference);
      isFull = true;
      clock.ms = 10 * MINUTE;
      await tick();
      expect(await marksOn(reference)).toEqual(before);
      isFull = false;
      clock.ms = 11 * MINUTE;
      await tick();
      expect(await marksOn(reference)).not.toEqual(before);
      expect(waits).toEqual([10 * MINUTE, MINUTE, 10 * MINUTE]);
    },
    {},
    {
      request: (passing) =>
        isFull && passing.method === 'POST' ? { answer: { status: 402, headers: {}, body: '' } } : passing,
    },
  );
});

/** Refuses what changes something by these methods, as long as `isOn` says so. */
const refuse = (isOn: () => boolean, ...methods: string[]): Rules => ({
  request: (passing) =>
    isOn() && methods.includes(passing.method) ? { answer: { status: 402, headers: {}, body: '' } } : passing,
});

test('where there is room for no other one the old one goes first, before it is old', async () => {
  let count = 0;
  await withMark(
    async ({ reference, clock, tick, waits }) => {
      const before = await marksOn(reference);
      clock.ms = 39 * MINUTE;
      await tick();
      expect(await marksOn(reference)).toEqual(before);
      clock.ms = 40 * MINUTE;
      await tick();
      const after = await marksOn(reference);
      expect(after.length).toBe(1);
      expect(after).not.toEqual(before);
      expect(waits).toEqual([10 * MINUTE, MINUTE, 10 * MINUTE]);
    },
    {},
    {
      request: (passing) =>
        passing.method === 'POST' && count > 0 ? { answer: { status: 402, headers: {}, body: '' } } : passing,
      answer(back, { method }) {
        if (back.status < 300) count += { POST: 1, DELETE: -1 }[method] ?? 0;
        return back;
      },
    },
  );
});

test('without room for any it goes, and nothing tells of the run any more', async () => {
  let isFull = false;
  const lost: string[] = [];
  await withMark(
    async ({ reference, clock, tick }) => {
      isFull = true;
      clock.ms = 41 * MINUTE;
      await tick();
      expect(await marksOn(reference)).toEqual([]);
      clock.ms = 90 * MINUTE;
      await tick();
      isFull = false;
      await tick();
      expect((await marksOn(reference)).length).toBe(1);
      expect(lost).toEqual([]);
    },
    { onLost: (reason) => lost.push(reason) },
    refuse(() => isFull, 'POST'),
  );
});

test('a run that could not make its mark anew for an hour hears that it may be taken for a killed one', async () => {
  const lost: string[] = [];
  let isOff = false;
  await withMark(
    async ({ clock, tick }) => {
      isOff = true;
      clock.ms = 50 * MINUTE;
      await tick();
      expect(lost).toEqual([]);
      clock.ms = 59 * MINUTE;
      await tick();
      expect(lost).toEqual([expect.stringContaining('could not be made anew for an hour')]);
    },
    { onLost: (reason) => lost.push(reason) },
    refuse(() => isOff, 'POST', 'DELETE'),
  );
  // As on a machine that has slept.
  await withMark(
    async ({ clock, tick }) => {
      clock.ms = 8 * 60 * MINUTE;
      await tick();
      expect(lost.length).toBe(2);
    },
    { onLost: (reason) => lost.push(reason) },
  );
});

test('while nothing else may be under way it waits, for half an hour at most', async () => {
  let isBusy = true;
  await withMark(
    async ({ reference, clock, tick, waits }) => {
      const before = await marksOn(reference);
      clock.ms = 10 * MINUTE;
      await tick();
      expect(await marksOn(reference)).toEqual(before);
      for (let count = 0; count < 30; count++) await tick();
      expect(await marksOn(reference)).not.toEqual(before);
      isBusy = false;
      expect(waits.length).toBeLessThan(35);
    },
    { isBusy: () => isBusy },
  );
});

test('where an answer from a cache told the time it is made anew at once', async () => {
  await withMark(
    async ({ reference }) => {
      const [name, ...others] = await marksOn(reference);
      expect(others).toEqual([]);
      expect(Math.abs(Date.now() - (readMark(name ?? '')?.at ?? 0))).toBeLessThan(2 * MINUTE);
    },
    {},
    {
      answer: (back, { method }) =>
        method === 'GET'
          ? { ...back, headers: { ...back.headers, date: new Date(Date.now() - 55 * MINUTE).toUTCString() } }
          : back,
    },
  );
});

describe('none is made', () => {
  test('where no answer has a Date', async () => {
    await withClock(async (target, reference, clock) => {
      clock.ms = undefined;
      const mark = keepMark(sessionOn(target), newRunId());
      await mark.begin();
      expect(await marksOn(reference)).toEqual([]);
      expect(await mark.end()).toEqual({ removals: [], mayBeMore: false });
    });
  });

  test('that stays where it cannot be read any more', async () => {
    const shop = await startShop(['/items'], { renames: (name) => name.slice(0, 20) });
    const mark = keepMark(sessionFor(shopContract(['/items']), shop), newRunId());
    await mark.begin();
    expect(shop.made().length).toBe(1);
    expect(shop.left()).toEqual([]);
    expect(await mark.end()).toEqual({ removals: [], mayBeMore: false });
    await shop.close();
  });

  test('by a run that may not write', async () => {
    await withClock(async (target) => {
      const methods: string[] = [];
      const session = sessionOn(target, ['read', 'reject']);
      const send: Session['client']['send'] = (request, options) => {
        methods.push(request.method);
        return session.client.send(request, options);
      };
      const watched = { ...session, client: { ...session.client, send } };
      const runner = createRunner(watched, { url: target.url, id: newRunId() });
      const order = { cell: 'listSinks 401', attempt: FIRST };
      runner.begin([order]);
      await runner.carryOut(order);
      await runner.close();
      expect(methods).not.toContain('POST');
    });
  });
});

describe('it is gone when the run has ended', () => {
  test.each<[string, (runner: Runner) => void]>([
    ['in good order', () => {}],
    ['because it was stopped', (runner) => runner.stop('the run was interrupted')],
  ])('%s', async (_, end) => {
    await withClock(async (target, reference) => {
      const before = await listEverything(reference);
      const runner = createRunner(sessionOn(target), { url: target.url, id: newRunId() });
      await runner.carryOut({ cell: 'getHttpEndpoint 404', attempt: FIRST });
      expect((await marksOn(reference)).length).toBe(1);
      end(runner);
      expect(await runner.close()).toEqual([]);
      expect(await listEverything(reference)).toEqual(before);
    });
  });

  test('and is the last that goes', async () => {
    const removed: string[] = [];
    await withClock(
      async (target, reference) => {
        const runner = createRunner(sessionOn(target), { url: target.url, id: newRunId() });
        await runner.carryOut({ cell: 'getHttpEndpoint 404', attempt: FIRST });
        const all = (await listEverything(reference))['/destinations/http_endpoints'] as { id: string; name: string }[];
        const mark = all.find(({ name }) => name.includes('-alive-'));
        removed.length = 0;
        await runner.close();
        expect(removed.length).toBeGreaterThan(2);
        expect(removed.at(-1)).toBe(mark?.id);
      },
      {
        request(passing) {
          if (passing.method === 'DELETE') removed.push(passing.target.split('/').at(-1) ?? '');
          return passing;
        },
      },
    );
  });
});
