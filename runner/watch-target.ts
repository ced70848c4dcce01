import type { Client, SendOptions } from '../exchange/client.ts';
import { pause } from '../exchange/pause.ts';
import type { Exchange, RequestSpec } from '../model/exchange.ts';

/** How often a target that may be gone is asked, and how long to wait in between, in milliseconds: a restart is over sooner. */
const TRIES = 2;
const PAUSE_MS = 1000;

/**
 * A client that asks, whenever a target that has answered before brings no answer, whether it is still there at all. Where it is, the silence is its own
 * fault. Where it is not, the silence says nothing about the request: it counts as `unreachable`, and nothing more is sent, so
 * that a run against a target that dies half way does not wait for a thousand deadlines. `health` is a request that a living
 * target answers; `baseUrl` has no trailing slash.
 */
export function watchTarget(client: Client, health: RequestSpec, baseUrl: string): Client {
  let isKnown = false;
  let looking: Promise<boolean> | undefined;
  let cause = '';
  let isGone = false;

  async function isThere(signal?: AbortSignal): Promise<boolean> {
    for (let left = TRIES; left > 0; left--) {
      if (!isSilent(await client.send(health, signal && { signal }))) return true;
      if (left > 1) await pause(PAUSE_MS, signal);
    }
    isGone = true;
    return false;
  }

  async function send(request: RequestSpec, options?: SendOptions): Promise<Exchange> {
    if (isGone) return withoutTarget({ request, url: `${baseUrl}${request.target}`, echoed: [], ms: 0 }, cause);
    const exchange = await client.send(request, options);
    if (!isSilent(exchange)) isKnown = true;
    if (!isSilent(exchange) || !isKnown) return exchange;
    cause = exchange.failure?.message ?? '';
    // All that fell silent together are answered for together.
    looking ??= isThere(options?.signal).finally(() => {
      looking = undefined;
    });
    if (await looking) return exchange;
    return withoutTarget(exchange, cause);
  }

  return { send, sent: client.sent };
}

function withoutTarget({ request, url, echoed, ms }: Exchange, cause: string): Exchange {
  const message = `it stopped answering, also to a request that it had answered before (${cause})`;
  return { request, url, failure: { kind: 'unreachable', code: 'EGONE', message }, echoed, ms };
}

/** Whether nothing came at all; bytes that are no HTTP show that somebody is there. */
function isSilent({ failure }: Exchange): boolean {
  return failure !== undefined && failure.kind !== 'malformed';
}
