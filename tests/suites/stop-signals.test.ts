import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { heedSignals } from '../../suites/stop-signals.ts';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['performance', 'setImmediate', 'setInterval', 'clearInterval', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

const NOBODY = { isDetached: false, chain: [], isOrphan: false };

/** What becomes of a run by signals: what was done, `left` with its code, and how often Playwright heard of a SIGINT. */
function heed(launcher: Parameters<typeof heedSignals>[1] = NOBODY) {
  const system = Object.assign(new EventEmitter(), { ppid: 40 });
  const done: string[] = [];
  const playwright = () => void done.push('playwright');
  system.on('SIGINT', playwright);
  const heeding = heedSignals(
    { stop: () => done.push('stop'), leave: (code) => done.push(`left ${code}`) },
    launcher,
    system,
  );
  return { system, done, heeding };
}

describe('a run that is told to end', () => {
  test.each(['SIGTERM', 'SIGHUP'])('by %s stops, and Playwright hears of a SIGINT', (signal) => {
    const { system, done, heeding } = heed();
    expect(heeding.isTold()).toBe(false);
    system.emit(signal, signal);
    expect(done).toEqual(['stop', 'playwright']);
    expect([heeding.isTold(), heeding.isToldLate()]).toEqual([true, false]);
  });

  test('by SIGINT stops, and Playwright hears of it once', () => {
    const { system, done } = heed();
    system.emit('SIGINT', 'SIGINT');
    expect(done.sort()).toEqual(['playwright', 'stop']);
  });

  test('by one signal that comes several times has not been told twice', () => {
    const { system, done } = heed();
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM', 'SIGHUP']) system.emit(signal, signal);
    expect(done.filter((each) => each !== 'playwright')).toEqual(['stop']);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('a second time, by %s, ends at once', (signal, code) => {
    const { system, done } = heed();
    system.emit('SIGTERM', 'SIGTERM');
    vi.advanceTimersByTime(600);
    system.emit(signal, signal);
    expect(done).toContain(`left ${code}`);
  });

  test('is one whose npx is gone, once, and that is never the second time', () => {
    const { system, done } = heed({ ...NOBODY, chain: [40] });
    vi.advanceTimersByTime(1000);
    expect(done).toEqual([]);
    system.ppid = 1;
    vi.advanceTimersByTime(1000);
    expect(done).toEqual(['stop', 'playwright']);
    const second = heed({ ...NOBODY, chain: [40] });
    second.system.emit('SIGTERM', 'SIGTERM');
    second.system.ppid = 1;
    vi.advanceTimersByTime(2000);
    expect(second.done).toEqual(['stop', 'playwright']);
  });

  test('is one whose npx was gone before', () => {
    const { done } = heed({ ...NOBODY, isOrphan: true });
    vi.runAllTicks();
    vi.advanceTimersByTime(10);
    expect(done).toEqual(['stop', 'playwright']);
  });

  test('is none that is to outlive its terminal, by SIGHUP', () => {
    const { system, done } = heed({ ...NOBODY, isDetached: true });
    system.emit('SIGHUP', 'SIGHUP');
    expect(done).toEqual([]);
    system.emit('SIGTERM', 'SIGTERM');
    expect(done).toEqual(['stop', 'playwright']);
  });

  test('ends its teardown, which Playwright would leave at a SIGINT', async () => {
    const { system, done, heeding } = heed();
    system.on('SIGINT', () => void done.push('left its teardown'));
    await Promise.resolve();
    system.emit('SIGTERM', 'SIGTERM');
    expect(done).not.toContain('left its teardown');
    expect(heeding.isToldLate()).toBe(true);
  });
});
