import type { Launcher } from './find-launcher.ts';
import { watchLauncher } from './watch-launcher.ts';

/** What is done when a run is told to end: the first time in good order, and then at once. */
export type Ends = { stop(): void; leave(code: number): void };

/** Listens for what ends a run. */
export type Heeding = {
  /** Whether it was told to end. */
  isTold(): boolean;
  /** Whether that was when Playwright's tests had ended, so that Playwright knows nothing of it. */
  isToldLate(): boolean;
};

/** What tells a run to end, and the exit code that says so. */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** One signal may come several times, in milliseconds: from the terminal and from whoever hands it on. */
const ECHO_MS = 500;

/**
 * Heeds SIGINT, SIGTERM and SIGHUP, and that npm or npx is gone. The first time the run ends in good order, for which Playwright has to
 * hear of a SIGINT: it ends an interrupted run well, and lets a terminated one (a cancelled job, a stopped container) just die. Whoever
 * insists ends it at once. A run that is to outlive its terminal hears no SIGHUP.
 */
export function heedSignals(ends: Ends, launcher: Launcher, system: NodeJS.EventEmitter & { ppid: number }): Heeding {
  let toldAt: number | undefined;
  let isOver = false;
  let isLate = false;
  const hear = (code: number, hasHeard: boolean) => {
    if (toldAt === undefined) {
      toldAt = performance.now();
      isLate = isOver;
      ends.stop();
      // Once only: it takes a second one for the order to go at once.
      if (!hasHeard) system.emit('SIGINT', 'SIGINT');
    } else if (performance.now() - toldAt > ECHO_MS) ends.leave(code);
  };
  // What is emitted here comes in by the first of them as well, as an echo.
  system.on('SIGINT', () => hear(CODES.SIGINT, true));
  system.on('SIGTERM', () => hear(CODES.SIGTERM, false));
  system.on('SIGHUP', () => launcher.isDetached || hear(CODES.SIGHUP, false));
  letTeardownEnd(system, () => {
    isOver = true;
  });
  const loseLauncher = () => {
    if (toldAt === undefined) hear(CODES.SIGTERM, false);
  };
  if (launcher.isOrphan) setImmediate(loseLauncher);
  if (launcher.chain.length > 0)
    watchLauncher(launcher, { parent: () => system.ppid, now: () => Date.now() }, loseLauncher);
  return { isTold: () => toldAt !== undefined, isToldLate: () => isLate };
}

/**
 * Playwright leaves a teardown at a SIGINT, and with it what removes the objects of the run. It listens anew when its tests have ended, so
 * that whatever begins to listen from now on is the teardown, and does not hear of it; `onTeardown` is called then.
 */
function letTeardownEnd(system: NodeJS.EventEmitter, onTeardown: () => void): void {
  system.on('newListener', (event, listener) => {
    if (event !== 'SIGINT') return;
    onTeardown();
    queueMicrotask(() => system.off('SIGINT', listener));
  });
}
