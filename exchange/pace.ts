import { pause } from './pause.ts';

/** Resolves when the next request may start; rejects with the signal's reason once it is aborted, and takes nobody's turn then. */
export type Pace = (signal?: AbortSignal) => Promise<void>;

/** Makes a pace of at most `perSecond` starts a second, evenly spaced: a target that counts in short windows sees no burst. */
export function createPace(perSecond: number): Pace {
  const gapMs = 1000 / perSecond;
  let free = 0;
  let last: Promise<void> = Promise.resolve();

  async function pass(signal?: AbortSignal): Promise<void> {
    const now = performance.now();
    const start = Math.max(now, free);
    signal?.throwIfAborted();
    if (start > now) await pause(start - now, signal);
    free = start + gapMs;
  }

  // One after the other, so that whoever gives up while it waits leaves no gap for what is sent instead.
  return (signal) => {
    const turn = last.then(() => pass(signal));
    last = turn.catch(() => {});
    return turn;
  };
}
