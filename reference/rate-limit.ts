/** Size of a bucket and its refill per second, in requests. */
export type RateLimit = { capacity: number; perSecond: number };

/** A token bucket: `take` gives 0 when a request may pass, else the whole seconds after which it may. */
export type Bucket = { take: () => number; refund: () => void };

/** A full bucket; `now` is a clock in milliseconds. */
export function createBucket({ capacity, perSecond }: RateLimit, now: () => number): Bucket {
  let level = capacity;
  let updatedAt = now();
  const refill = () => {
    const time = now();
    level = Math.min(capacity, level + ((time - updatedAt) * perSecond) / 1_000);
    updatedAt = time;
  };
  return {
    take: () => {
      refill();
      if (level >= 1) {
        level -= 1;
        return 0;
      }
      // RFC 9110 §10.2.3: Retry-After is a whole number of seconds; rounded up, so that waiting that long suffices.
      return Math.max(1, Math.ceil((1 - level) / perSecond));
    },
    refund: () => {
      level = Math.min(capacity, level + 1);
    },
  };
}
