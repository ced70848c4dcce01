import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when the next request may start. */
export type Pace = () => Promise<void>;

/** Makes a pace of at most `perSecond` starts a second, evenly spaced: a target that counts in short windows sees no burst. */
export function createPace(perSecond: number): Pace {
  const gapMs = 1000 / perSecond;
  let free = 0;
  return async () => {
    const now = performance.now();
    const start = Math.max(now, free);
    free = start + gapMs;
    if (start > now) await sleep(start - now);
  };
}
