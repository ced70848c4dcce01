import type { Client, SendOptions } from '../exchange/client.ts';
import { isUnplannedLimit } from '../judge/limit.ts';
import { announcedWait } from '../judge/retry-after.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Case } from '../plan/case.ts';
import type { Patience } from './patience.ts';

/** A limit that was not asked for is waited for and tried again so many times. */
const MOST_LIMITS = 4;

/** A connection that broke is tried again so many times, each time on a fresh one. */
const MOST_BREAKS = 1;

/** The shortest wait after a limit, in milliseconds, doubled each time: not every limit says how long it lasts, nor means it. */
const SHORTEST_WAIT_MS = 250;

/** What is sent: a case, a control, or a request of the runner's own. */
type Patient = Pick<Case, 'request' | 'danger'> & { expected?: number[] } & Pick<SendOptions, 'isUrgent'>;

/** What came last, which stands, and the tries before it that said nothing about the API. */
export type Sent = { exchange: Exchange; earlier: Exchange[] };

/**
 * Sends a request and tries again where the answer says nothing about the API: a limit that was not asked for, which slows the
 * whole session down, or a connection that broke.
 */
export async function sendPatiently(
  { client, patience }: { client: Client; patience: Patience },
  each: Patient,
): Promise<Sent> {
  const expected = each.expected ?? [];
  const earlier: Exchange[] = [];
  for (let limits = 0, breaks = 0; ; ) {
    const sentAt = await patience.turn();
    const exchange = await client.send(each.request, each.isUrgent ? { isUrgent: true } : {});
    if (isUnplannedLimit({ expected }, exchange.response)) {
      patience.slowDown(Math.max(waitOf(exchange) ?? 0, SHORTEST_WAIT_MS * 2 ** limits), sentAt);
      limits += 1;
      if (limits > MOST_LIMITS || patience.isExhausted()) return { exchange, earlier };
    } else {
      patience.goOn();
      breaks += 1;
      if (!hasBroken(each, exchange) || breaks > MOST_BREAKS) return { exchange, earlier };
    }
    earlier.push(exchange);
  }
}

function hasBroken({ danger, request }: Patient, { failure }: Exchange): boolean {
  if (failure?.kind === 'unreachable') return true;
  // RFC 9110 §9.2.2: a POST or PATCH whose answer was lost may have been carried out, and a second one would do it again.
  const mayRepeat = danger !== 'write' || !['POST', 'PATCH'].includes(request.method);
  return failure?.kind === 'closed' && mayRepeat;
}

/** Milliseconds that an answer asks to wait; undefined when it does not say. */
export function waitOf({ response }: Exchange): number | undefined {
  return response && announcedWait(response, Date.now());
}
