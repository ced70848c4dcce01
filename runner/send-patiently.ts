import { setTimeout as sleep } from 'node:timers/promises';
import { type Case, plansLimit } from '../engine/case.ts';
import { headerValues } from '../engine/checks/check.ts';
import type { Exchange } from '../engine/exchange.ts';
import { parseRetryAfter } from '../engine/retry-after.ts';
import type { Client } from '../exchange/client.ts';

/** An unplanned 429 or a connection that broke is tried again so many times. */
const RETRIES = 2;

/** The shortest wait after a 429, in milliseconds, doubled each time: not every limit says how long it lasts, nor means it. */
const SHORTEST_WAIT_MS = 250;

/** The longest wait before one retry, in milliseconds, whatever Retry-After asks for. */
const LONGEST_WAIT_MS = 5000;

/** What is sent: a case, a control, or a request of the runner's own. */
type Patient = Pick<Case, 'request' | 'danger'> & { expected?: number[] };

/**
 * Sends a request and tries again where the answer says nothing about the API: a rate limit that was not asked for, or a
 * connection that broke. What comes last stands.
 */
export async function sendPatiently(client: Client, each: Patient): Promise<Exchange> {
  let exchange = await client.send(each.request);
  for (let retry = 0; retry < RETRIES && isWorthRetrying(each, exchange); retry++) {
    const least = exchange.response === undefined ? 0 : SHORTEST_WAIT_MS * 2 ** retry;
    await sleep(Math.min(Math.max(waitOf(exchange) ?? 0, least), LONGEST_WAIT_MS));
    exchange = await client.send(each.request);
  }
  return exchange;
}

function isWorthRetrying(each: Patient, { response, failure }: Exchange): boolean {
  if (response) return response.status === 429 && !plansLimit(each);
  if (failure?.kind === 'unreachable') return true;
  // RFC 9110 §9.2.2: a POST or PATCH whose answer was lost may have been carried out, and a second one would do it again.
  const mayRepeat = each.danger !== 'write' || !['POST', 'PATCH'].includes(each.request.method);
  return failure?.kind === 'closed' && mayRepeat;
}

/** Milliseconds that an answer asks to wait; undefined when it does not say. */
export function waitOf({ response }: Exchange): number | undefined {
  const value = response && headerValues(response, 'retry-after')[0];
  return value === undefined ? undefined : parseRetryAfter(value, Date.now());
}
