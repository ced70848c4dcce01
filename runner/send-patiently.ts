import type { Client, SendOptions } from '../exchange/client.ts';
import { isUnplannedLimit, mayBeLimit } from '../judge/limit.ts';
import { announcedWait } from '../judge/retry-after.ts';
import type { Exchange, RequestSpec } from '../model/exchange.ts';
import type { Case, Control } from '../plan/case.ts';
import type { DemandedTypes } from './demanded-types.ts';
import type { Lateness } from './lateness.ts';
import type { Patience } from './patience.ts';

/** A limit that was not asked for is waited for and tried again so many times. */
const MOST_LIMITS = 4;

/** What may be a limit is tried again so many times. */
const MOST_DOUBTS = 2;

/** A connection that broke is tried again so many times, each time on a fresh one. */
const MOST_BREAKS = 1;

/** The shortest wait after a limit, in milliseconds, doubled each time: not every limit says how long it lasts, nor means it. */
const SHORTEST_WAIT_MS = 250;

/** What is sent: a case, a control, or a request of the runner's own. */
type Patient = Pick<Case, 'request' | 'danger'> &
  Partial<Pick<Case, 'expected' | 'condition' | 'fault'> & Pick<Control, 'holds'>> &
  Pick<SendOptions, 'isUrgent'>;

/** What sends: the client, how patient it is, and what the run has learnt of the target, where that counts. */
type Sender = { client: Client; patience: Patience; types?: DemandedTypes; lateness?: Lateness };

/** What came last, which stands, and the tries before it that said nothing about the API. */
export type Sent = { exchange: Exchange; earlier: Exchange[] };

/**
 * Sends a request and tries again where the answer says nothing about the API: a limit that was not asked for, which slows the
 * whole session down, or a connection that broke. A request without a body that was refused may be sent again with a media type.
 */
export async function sendPatiently(sender: Sender, each: Patient): Promise<Sent> {
  const { condition, fault, request } = each;
  if (!sender.lateness || condition !== 'slow-upstream' || fault === undefined) return sendOut(sender, each);
  return sender.lateness.inTurn({ request, fault }, () => sendOut(sender, each));
}

async function sendOut({ client, patience, types }: Sender, each: Patient): Promise<Sent> {
  const expected = each.expected ?? [];
  const earlier: Exchange[] = [];
  for (let limits = 0, doubts = 0, breaks = 0; ; ) {
    let sentAt = 0;
    // Asked at the very last: hundreds that had their turn would otherwise wait for a slot when a limit is met.
    const turn = async (signal?: AbortSignal) => {
      sentAt = await patience.turn(signal);
    };
    const send = (request: RequestSpec) => client.send(request, { turn, ...(each.isUrgent && { isUrgent: true }) });
    const first = await send(each.request);
    const exchange = types ? await types.askAgain(each, first, send) : first;
    if (isUnplannedLimit({ expected }, exchange.response)) {
      patience.slowDown(Math.max(waitOf(exchange) ?? 0, SHORTEST_WAIT_MS * 2 ** limits), sentAt);
      limits += 1;
      if (limits > MOST_LIMITS || patience.isExhausted()) return { exchange, earlier };
    } else if (mayBeLimit({ expected }, exchange.response) && patience.mayBeBusy() !== 'no') {
      if (doubts >= MOST_DOUBTS || patience.isExhausted()) {
        patience.noteBusy(true);
        return { exchange, earlier };
      }
      patience.slowDown(SHORTEST_WAIT_MS * 2 ** doubts, sentAt);
      doubts += 1;
    } else {
      if (doubts > 0) patience.noteBusy(exchange.response?.status === 503);
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
