/** A counting semaphore: `take` resolves when a slot is free, first come first served; each `take` needs one `give`. */
export type Slots = { take(): Promise<void>; give(): void };

/** Makes a semaphore of `size` slots (at least 1, else an Error: with none, every sender would wait for ever). */
export function createSlots(size: number): Slots {
  if (!Number.isInteger(size) || size < 1) throw new Error(`concurrency must be a whole number from 1, not ${size}`);
  const waiting: (() => void)[] = [];
  let free = size;
  return {
    take() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    // The slot is handed straight to the next in line, so that a newcomer cannot slip in between.
    give() {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
