import type { Exchange } from '../model/exchange.ts';
import type { Case } from '../plan/case.ts';

/** What came last, and the tries before it. */
type Sent = { exchange: Exchange; earlier: Exchange[] };

/**
 * What one operation has shown of a fault that is slow by nature, so that the rest need not wait for it: where no answer comes before the
 * run's own deadline, the others are not sent, or a fault of all operations would take the deadline of each.
 */
export type Lateness = {
  /** Sends the first case of a fault alone; then all others, or none of them: their failure is `held`. */
  inTurn(each: Pick<Case, 'request'> & { fault: string }, send: () => Promise<Sent>): Promise<Sent>;
};

/** Nothing known yet; `baseUrl` has no trailing slash. */
export function createLateness(baseUrl: string): Lateness {
  const firsts = new Map<string, Promise<Sent>>();
  return {
    async inTurn({ request, fault }, send) {
      const known = firsts.get(fault);
      if (!known) {
        const first = send();
        firsts.set(fault, first);
        return first;
      }
      const { exchange } = await known;
      if (exchange.failure?.kind !== 'timeout') return send();
      return { exchange: holdBack(request, baseUrl, exchange.failure.message), earlier: [] };
    },
  };
}

function holdBack(request: Exchange['request'], baseUrl: string, seen: string): Exchange {
  const message = `not sent, because the same fault showed on another request ${seen} (CONFORMANCE_TIMEOUT_MS)`;
  const failure = { kind: 'held' as const, code: 'ELATE', message };
  return { request, url: `${baseUrl}${request.target}`, failure, echoed: [], ms: 0 };
}
