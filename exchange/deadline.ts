/** Longest stretch of time that is counted at once, in milliseconds. */
const STRETCH_MS = 50;

/**
 * Calls `onEnd` once `ms` milliseconds have passed in which this process could read; the yield calls it off. A stretch in
 * which the process was busy with itself counts no longer than planned, else an answer that has long come would be late.
 */
export function startDeadline(ms: number, onEnd: () => void): () => void {
  let left = ms;
  let timer: NodeJS.Timeout;
  let last: NodeJS.Immediate | undefined;
  const wait = (): void => {
    const stretch = Math.min(left, STRETCH_MS);
    timer = setTimeout(() => {
      left -= stretch;
      if (left > 0) wait();
      // Timers come before reading in a turn of the event loop: what has arrived meanwhile is read first.
      else last = setImmediate(onEnd);
    }, stretch);
  };
  wait();
  return () => {
    clearTimeout(timer);
    clearImmediate(last);
  };
}
