/**
 * A counting semaphore: `take` resolves when a slot is free, first come first served, though whoever is urgent comes before all who
 * are not; each `take` needs one `give`.
 */
export type Slots = { take(isUrgent?: boolean): Promise<void>; give(): void };

/** Makes a semaphore of `size` slots (at least 1, else an Error: with none, every sender would wait for ever). */
export function createSlots(size: number): Slots {
  if (!Number.isInteger(size) || size < 1) throw new Error(`concurrency must be a whole number from 1, not ${size}`);
  const urgent: (() => void)[] = [];
  const waiting: (() => void)[] = [];
  let free = size;
  return {
    take(isUrgent = false) {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => (isUrgent ? urgent : waiting).push(resolve));
    },
    // The slot is handed straight to the next in line, so that a newcomer cannot slip in between.
    give() {
      const next = urgent.shift() ?? waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
