import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Running } from '../../suites/find-launcher.ts';
import { watchLauncher } from '../../suites/watch-launcher.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
afterEach(() => void vi.useRealTimers());

/** A run below a shell below npx, all of which a test may change, and how often they were found to be gone. */
function watch() {
  const shell: Running = { pid: 40, parent: 30, group: 7, command: ['sh'], waits: 3 };
  const state = { shell: shell as Running | undefined, parent: 40, lost: 0 };
  const look = (pid: number) => (pid === 40 ? state.shell : undefined);
  const launcher = { isDetached: false, isOrphan: false, chain: [40, 30] };
  const { stop } = watchLauncher(launcher, { parent: () => state.parent, now: () => Date.now(), look }, () => {
    state.lost += 1;
  });
  return { state, shell, stop };
}

describe('a launcher', () => {
  test('that is there is left alone', () => {
    const { state, stop } = watch();
    vi.advanceTimersByTime(60_000);
    expect(state.lost).toBe(0);
    stop();
  });

  test.each([
    ['the run has another parent', { parent: 1 }],
    ['the shell in between has gone', { shell: undefined }],
  ])('is lost, once, within half a second, where %s', (_, change) => {
    const { state } = watch();
    Object.assign(state, change);
    vi.advanceTimersByTime(500);
    expect(state.lost).toBe(1);
    vi.advanceTimersByTime(5000);
    expect(state.lost).toBe(1);
  });

  test('is lost where the shell has another parent, which was npx', () => {
    const { state, shell } = watch();
    state.shell = { ...shell, parent: 1 };
    vi.advanceTimersByTime(500);
    expect(state.lost).toBe(1);
  });

  test('has handed a signal on that the shell keeps to itself where that was woken', () => {
    const { state, shell } = watch();
    state.shell = { ...shell, waits: 4 };
    vi.advanceTimersByTime(500);
    expect(state.lost).toBe(1);
  });

  test('has not where all were stopped, as a machine that slept', () => {
    const { state, shell, stop } = watch();
    vi.setSystemTime(Date.now() + 3_600_000);
    state.shell = { ...shell, waits: 9 };
    vi.advanceTimersByTime(5000);
    expect(state.lost).toBe(0);
    state.shell = { ...shell, waits: 12 };
    process.emit('SIGCONT', 'SIGCONT');
    vi.advanceTimersByTime(5000);
    expect(state.lost).toBe(0);
    stop();
  });
});
