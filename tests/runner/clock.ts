import type { Reference } from '../../reference/server.ts';
import type { Target } from '../../runner/session.ts';
import { type Rules, withProxy } from './proxy.ts';
import { withReference } from './support.ts';

/** How far the clock of a server is ahead of ours, in milliseconds; `undefined` where it does not tell the time. */
export type Clock = { ms: number | undefined };

/** A reference with a clock that can be set, for the time that `work` takes. */
export function withClock<Result>(
  work: (target: Target, reference: Reference, clock: Clock) => Promise<Result>,
  rules: Rules = {},
): Promise<Result> {
  const clock: Clock = { ms: 0 };
  const dated: Rules = {
    ...rules,
    async answer(back, passing) {
      const date = clock.ms === undefined ? [] : new Date(Date.now() + clock.ms).toUTCString();
      const own = { ...back, headers: { ...back.headers, date } };
      return (await rules.answer?.(own, passing)) ?? own;
    },
  };
  return withReference({}, (reference) => withProxy(reference, dated, (proxy) => work(proxy, reference, clock)));
}
