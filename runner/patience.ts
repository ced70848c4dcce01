import { pause } from '../exchange/pause.ts';

/** The gap between two requests once a limit was met, in milliseconds: longer with each further one, up to the longest. */
const FIRST_GAP_MS = 20;
const LONGEST_GAP_MS = 100;

/**
 * By how much a limit lengthens the gap and each other answer shortens it. It keeps its length where every fifteenth is a limit: a
 * target that limits less often hardly slows a run down, and one that grants so many a second is asked hardly more.
 */
const TIGHTEN = 1.25;
const EASE = 0.985;

/** A 503 that does not say when to come back may be a limit. After so many that were still there a little later, it is taken for an answer. */
const MOST_LASTING = 3;

/** In all, so many of the longest waits are granted: a target that limits all night long must not hold a run all night. */
const MOST_WAITS = 5;

/** How one process treats a target that asks it to slow down. Times are of `performance.now()`, in milliseconds. */
export type Patience = {
  /** Resolves with the time when the next request may go out; rejects with the signal's reason once it is aborted. */
  turn(signal?: AbortSignal): Promise<number>;
  /** A limit nobody asked for: nothing goes out for `waitMs`, and less often afterwards. `sentAt` is when its request went out. */
  slowDown(waitMs: number, sentAt: number): void;
  /** An answer that was no limit. */
  goOn(): void;
  /** Whether all waiting that is granted is used up: then it is of no use to try again. */
  isExhausted(): boolean;
  /** Notes what became of a 503 that did not say when to come back, a little later: whether it was still there. */
  noteBusy(isLasting: boolean): void;
  /** Whether such a 503 may be a limit: `yes` where most were over a little later, `no` once all that were seen lasted. */
  mayBeBusy(): 'yes' | 'maybe' | 'no';
  /** Grants all the waiting anew, for what has to be done whatever came before. */
  renew(): void;
};

/** Makes a patience that waits at most `longestMs` milliseconds at a time. */
export function createPatience(longestMs: number): Patience {
  let gapMs = 0;
  let free = 0;
  let slowedAt = Number.NEGATIVE_INFINITY;
  let grantedMs = MOST_WAITS * longestMs;
  const busy = { over: 0, lasting: 0 };
  let last: Promise<unknown> = Promise.resolve();

  /** First come, first served: hundreds may be waiting, and none of them must be overtaken again and again. */
  function turn(signal?: AbortSignal): Promise<number> {
    const own = last.then(() => pass(signal));
    last = own.catch(() => {});
    return own;
  }

  async function pass(signal?: AbortSignal): Promise<number> {
    signal?.throwIfAborted();
    // Whoever has waited looks again: the wait may have become longer meanwhile.
    let now = performance.now();
    for (; now < free; now = performance.now()) await pause(Math.ceil(free - now), signal);
    free = now + gapMs;
    return now;
  }

  function slowDown(waitMs: number, sentAt: number): void {
    const now = performance.now();
    // What was already under way when the limit was met has met the same one.
    if (sentAt > slowedAt) gapMs = Math.min(Math.max(gapMs * TIGHTEN, FIRST_GAP_MS), LONGEST_GAP_MS);
    slowedAt = now;
    const from = Math.max(now, free);
    const moreMs = Math.min(Math.max(0, now + Math.min(waitMs, longestMs) - from), grantedMs);
    grantedMs -= moreMs;
    free = from + moreMs;
  }

  function goOn(): void {
    gapMs = gapMs * EASE < FIRST_GAP_MS / 2 ? 0 : gapMs * EASE;
  }

  function mayBeBusy(): 'yes' | 'maybe' | 'no' {
    if (busy.over > busy.lasting) return 'yes';
    return busy.over > 0 || busy.lasting < MOST_LASTING ? 'maybe' : 'no';
  }

  return {
    turn,
    slowDown,
    goOn,
    isExhausted: () => grantedMs <= 0,
    noteBusy(isLasting) {
      busy[isLasting ? 'lasting' : 'over'] += 1;
    },
    mayBeBusy,
    renew() {
      grantedMs = MOST_WAITS * longestMs;
    },
  };
}
