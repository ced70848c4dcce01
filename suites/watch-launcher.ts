import { type Launcher, type Look, lookUp } from './find-launcher.ts';

/** How often it is looked whether the launcher is still there, in milliseconds. */
const LOOK_MS = 200;

/** Whoever looks so much later than it should was stopped, as all others may have been. */
const MOST_LATE_MS = 1000;

/** What the watch needs of the system: who its parent is now, and the time in milliseconds that goes on while the machine sleeps. */
export type System = { parent(): number; now(): number; look?: Look };

/**
 * Looks again and again whether npm or npx is still there, and calls `onLost` once it is not. A signal to them goes no further than to the
 * shell in between. SIGTERM and SIGHUP end that; SIGINT it keeps to itself until what it has started has ended, and all that shows is that
 * it was woken, which nothing else does to a shell that waits for one program, unless both were stopped for a while.
 */
export function watchLauncher({ chain }: Launcher, system: System, onLost: () => void): { stop(): void } {
  const { look = lookUp } = system;
  const wakes = () => chain.slice(0, -1).map((pid) => look(pid)?.waits);
  let before = wakes();
  let last = system.now();
  // After it was stopped it finds everybody woken.
  const forget = () => {
    before = wakes();
  };
  const timer = setInterval(() => {
    const isLate = system.now() - last > MOST_LATE_MS;
    last = system.now();
    if (isLate) forget();
    const after = wakes();
    if (isHeld(chain, system.parent(), look) && after.every((each, index) => each === before[index])) return;
    stop();
    onLost();
  }, LOOK_MS);
  timer.unref();
  process.on('SIGCONT', forget);
  function stop(): void {
    clearInterval(timer);
    process.off('SIGCONT', forget);
  }
  return { stop };
}

/** Whether all that links a process to its launcher is still as it was found; `parent` is its parent now. */
function isHeld(chain: readonly number[], parent: number, look: Look): boolean {
  return chain.every((pid, index) => {
    if (index === 0 && parent !== pid) return false;
    const next = chain[index + 1];
    // That npm itself is the parent of what is below shows that it is there.
    return next === undefined || look(pid)?.parent === next;
  });
}
