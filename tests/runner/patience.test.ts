import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPatience } from '../../runner/patience.ts';

// The promises of Node's timers are not among what is faked. Files of tests share their modules, so that both are put back.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  vi.spyOn(timers, 'setTimeout').mockImplementation((ms) => new Promise((resolve) => setTimeout(resolve, ms)) as never);
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  vi.useRealTimers();
});

/** Milliseconds until so many turns have come. */
async function turns(patience: ReturnType<typeof createPatience>, count: number): Promise<number> {
  const startedAt = performance.now();
  const all = Promise.all(Array.from({ length: count }, () => patience.turn()));
  await vi.runAllTimersAsync();
  return Math.max(...(await all)) - startedAt;
}

describe('patience', () => {
  test('holds nothing back before a limit was met', async () => {
    expect(await turns(createPatience(1000), 100)).toBe(0);
  });

  test('waits as long as it was asked to, and spaces what follows', async () => {
    const patience = createPatience(5000);
    patience.slowDown(3000, performance.now());
    expect(await turns(patience, 1)).toBe(3000);
    expect(await turns(patience, 3)).toBeGreaterThanOrEqual(40);
  });

  test('waits no longer than it may, whatever it is asked for', async () => {
    const patience = createPatience(1000);
    patience.slowDown(3_600_000, performance.now());
    expect(await turns(patience, 1)).toBe(1000);
  });

  test('takes what was under way together for one limit', async () => {
    const together = createPatience(1000);
    const sentAt = performance.now();
    for (let each = 0; each < 8; each++) together.slowDown(1000, sentAt);
    expect(await turns(together, 2)).toBeLessThan(1050);
    const apart = createPatience(1000);
    for (let each = 0; each < 8; each++) {
      await vi.advanceTimersByTimeAsync(1);
      apart.slowDown(0, performance.now());
    }
    expect(await turns(apart, 2)).toBeGreaterThanOrEqual(95);
  });

  test('grows no older than five of the longest waits', async () => {
    const patience = createPatience(1000);
    let waited = 0;
    for (let each = 0; each < 20; each++) {
      patience.slowDown(1000, performance.now());
      waited += await turns(patience, 1);
    }
    // Beyond the waits there are only the gaps.
    expect(waited).toBeGreaterThanOrEqual(5000);
    expect(waited).toBeLessThanOrEqual(5000 + 20 * 100);
    expect(await turns(patience, 1)).toBeLessThanOrEqual(100);
    expect([patience.isExhausted(), createPatience(1000).isExhausted()]).toEqual([true, false]);
  });

  test('goes on as before once all is clear', async () => {
    const patience = createPatience(1000);
    patience.slowDown(100, performance.now());
    await turns(patience, 1);
    for (let each = 0; each < 50; each++) patience.goOn();
    await turns(patience, 1);
    expect(await turns(patience, 50)).toBe(0);
  });

  test('is hardly slowed down by a limit now and then, and much by one that will not end', async () => {
    // Times without the waits, which are the same in both.
    const gaps = async (every: number): Promise<number> => {
      const patience = createPatience(0);
      let total = 0;
      for (let each = 1; each <= 100; each++) {
        const startedAt = performance.now();
        const sentAt = (await turns(patience, 1)) + startedAt;
        await vi.advanceTimersByTimeAsync(1);
        total += sentAt - startedAt;
        if (each % every === 0) patience.slowDown(0, performance.now());
        else patience.goOn();
      }
      return total;
    };
    expect(await gaps(20)).toBeLessThan(1500);
    expect(await gaps(2)).toBeGreaterThan(5000);
  });
});
