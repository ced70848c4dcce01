import { setImmediate } from 'node:timers/promises';
import { pause } from '../exchange/pause.ts';
import type { Session } from './session.ts';
import { stopWith } from './stop-with.ts';

/**
 * A session that sends nothing more once it is halted, and waits for nothing more: neither what would begin then nor what waits for a
 * slot, for the pace or for a limit goes out. `idle` waits for what is under way by then, and until whoever sent it has noted what it made.
 */
export function stoppable(session: Session): { session: Session; idle(): Promise<void> } {
  const { signal } = session.halt;
  const underWay = new Set<Promise<unknown>>();
  const guard = (client: Session['client']): Session['client'] => {
    const halting = stopWith(client, signal);
    return {
      ...client,
      send: async (request, options) => {
        signal.throwIfAborted();
        const exchange = halting.send(request, options);
        underWay.add(exchange);
        const { failure } = await exchange.finally(() => underWay.delete(exchange));
        // The gate holds back what it could not ask about any more.
        if (failure?.kind === 'held') signal.throwIfAborted();
        return exchange;
      },
    };
  };
  const { client, faultClient, burstClient } = session;
  return {
    session: {
      ...session,
      client: guard(client),
      faultClient: guard(faultClient),
      burstClient: guard(burstClient),
      pause: (ms) => pause(ms, signal),
    },
    async idle() {
      await Promise.allSettled(underWay);
      await setImmediate();
    },
  };
}
