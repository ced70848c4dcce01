import type { Client } from '../exchange/client.ts';

/** A client with which nothing goes out any more that is still waiting to once the signal is aborted. */
export function stopWith(client: Client, signal: AbortSignal): Client {
  return { ...client, send: (request, options) => client.send(request, { ...options, signal }) };
}
