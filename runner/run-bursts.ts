import { withheldAnswer } from '../judge/answer.ts';
import type { Exchange, RequestSpec } from '../model/exchange.ts';
import type { Case } from '../plan/case.ts';
import { type Answers, type Apart, answerKey, withhold } from './apart.ts';
import { type Groundwork, whyBlocked } from './groundwork.ts';
import { waitOf } from './send-patiently.ts';
import type { Session } from './session.ts';

/** How many requests of a burst are sent at once: few at first, because another one may have reached the limit. */
const FIRST_BATCH = 4;
const BATCH = 64;

/** Waited beyond what was announced, in milliseconds, because clocks and networks are not exact. */
const GRACE_MS = 50;

/** How often the target is asked whether it has recovered when it did not say how long that takes, in milliseconds. */
const POLL_MS = 500;

/** A burst of all its requests may take no longer, in seconds: what is slower is no burst. */
const LONGEST_BURST_S = 60;

/** A limit that was reached. `usual` is what the request is answered without load, when the answer is no 429. */
type Hit = { case: Case; exchange: Exchange; waitMs?: number; at: number; usual?: number };

/** What is sent for an operation, and how much of it may still be sent. `usual` is the status that its request gets without load. */
type Burst = { case: Case; key: string; left: number; usual?: number };

/**
 * Provokes 429 on every operation and then waits once for all of them. It runs alone: nothing else may be under way. Answers are
 * by `answerKey`. One operation is led to its limit; as that usually is the limit of all, the others then send a few requests side
 * by side, and only those that get past it have a burst of their own, one after the other.
 */
export async function runBursts(usual: Session, groundwork: Groundwork, apart: readonly Apart[]): Promise<Answers> {
  const session: Session = { ...usual, client: usual.burstClient };
  const slow = whyTooSlow(session);
  if (slow !== undefined) return withhold(apart, 'untestable', slow);
  const filler = apart.find(({ case: each }) => each.danger === 'load' && each.request.method === 'GET')?.case.request;
  const answers: Answers = {};
  const waiting = listBursts(session, groundwork, apart, answers);
  const hits: Hit[] = [];
  const note = ({ key, case: each }: Burst, hit: Hit): void => {
    hits.push(hit);
    answers[key] = { case: each, exchanges: [{ exchange: hit.exchange }] };
  };
  let isShared = true;
  for (let burst = waiting.shift(); burst; burst = waiting.shift()) {
    const hit = await provokeLimit(session, burst, filler);
    // Where a full burst brought no 429, the next ones would only be load.
    if (!hit) break;
    note(burst, hit);
    if (!isShared) continue;
    const tried = await Promise.all(
      waiting.map(async (each) => ({ each, hit: await sendBatch(session, each, filler, FIRST_BATCH) })),
    );
    for (const { each, hit: own } of tried) {
      if (!own) continue;
      note(each, own);
      waiting.splice(waiting.indexOf(each), 1);
    }
    isShared = tried.some(({ hit: own }) => own !== undefined);
  }
  await recover(usual, hits, answers, filler);
  return answers;
}

/** The bursts that may be sent; what stands as their answer, and that of all others, until they have met a limit goes into `answers`. */
function listBursts(
  { capabilities }: Session,
  groundwork: Groundwork,
  apart: readonly Apart[],
  answers: Answers,
): Burst[] {
  const { maxRequests } = capabilities.profile.rateLimit;
  const none = { outcome: 'untestable' as const, reason: `no 429 within ${maxRequests} requests` };
  return apart.flatMap(({ cell, case: each }): Burst[] => {
    const blocked = whyBlocked(each, groundwork);
    const key = answerKey(cell, each);
    answers[key] = withheldAnswer(each, blocked ?? none);
    const usual = groundwork.controls[each.controls[0]?.id ?? '']?.record.actual ?? undefined;
    return blocked ? [] : [{ case: each, key, left: maxRequests, ...(usual !== undefined && { usual }) }];
  });
}

/** Why no burst is sent: what it may send in a second is so little that it would be none. */
function whyTooSlow({ capabilities, maxRps }: Session): string | undefined {
  const { maxRequests } = capabilities.profile.rateLimit;
  const least = Math.ceil(maxRequests / LONGEST_BURST_S);
  if (maxRps === undefined || maxRps >= least) return undefined;
  return `a burst of up to ${maxRequests} requests takes at least ${least} a second, and CONFORMANCE_MAX_RPS allows ${Math.floor(maxRps)}`;
}

/** Sends batch after batch until the operation's own request meets its limit or the bound is reached. */
async function provokeLimit(session: Session, burst: Burst, filler: RequestSpec | undefined): Promise<Hit | undefined> {
  const { maxRequests } = session.capabilities.profile.rateLimit;
  while (burst.left > 0) {
    const hit = await sendBatch(session, burst, filler, burst.left === maxRequests ? FIRST_BATCH : BATCH);
    if (hit) return hit;
  }
  return undefined;
}

/**
 * Sends some requests at once; a hit is an answer 429 to the operation's own request, or one as if it were refused for another
 * reason. That request is mixed with a read, so that a limit over all operations is reached even where refused requests do not
 * count towards it.
 */
async function sendBatch(
  session: Session,
  burst: Burst,
  filler: RequestSpec | undefined,
  most: number,
): Promise<Hit | undefined> {
  const { case: each, usual } = burst;
  const size = Math.min(burst.left, most);
  burst.left -= size;
  const requests = Array.from({ length: size }, (_, index) =>
    index % 4 === 3 || index === size - 1 ? each.request : (filler ?? each.request),
  );
  const exchanges = await Promise.all(requests.map((request) => session.client.send(request)));
  const own = exchanges.filter((_, index) => requests[index] === each.request);
  const limited = own.find(({ response }) => response?.status === 429);
  const disguised = usual === undefined ? undefined : own.find((one) => isRefusal(one, usual));
  const heldBack = own.find(({ failure }) => failure?.kind === 'held');
  const exchange = limited ?? disguised ?? heldBack;
  if (!exchange) return undefined;
  const waitMs = waitOf(exchange);
  const hit: Hit = { case: each, exchange, at: Date.now() };
  if (waitMs !== undefined) hit.waitMs = waitMs;
  if (disguised && !limited && usual !== undefined) hit.usual = usual;
  return hit;
}

/**
 * Whether an answer under load looks like a limit under another name: a client's error, or "unavailable", where there was
 * none before. A 500 or a 504 may as well come of the load itself.
 */
function isRefusal({ response }: Exchange, usual: number): boolean {
  const status = response?.status ?? 0;
  return status !== usual && (status === 503 || (status >= 400 && status < 500));
}

/**
 * Waits as long as announced, bounded, and sends each operation's request once more, as many at once as ever without a burst: none must
 * be limited any longer.
 */
async function recover(
  session: Session,
  hits: Hit[],
  answers: Answers,
  filler: RequestSpec | undefined,
): Promise<void> {
  const { maxWaitMs } = session.capabilities.profile.rateLimit;
  const announced = hits.flatMap((hit) => (hit.waitMs === undefined ? [] : [hit.at + hit.waitMs - Date.now()]));
  const waitMs = Math.max(0, ...announced);
  if (waitMs <= maxWaitMs) await session.pause(waitMs + GRACE_MS);
  await Promise.all(
    hits.map(async (hit) => {
      if (hit.waitMs === undefined || waitMs > maxWaitMs) return;
      const exchange = await session.client.send(hit.case.request);
      const answer = Object.values(answers).find((each) => each.case === hit.case);
      answer?.exchanges.push({ exchange, waitedMs: hit.waitMs });
    }),
  );
  for (const hit of hits.filter(({ usual }) => usual !== undefined)) await confirmDisguise(session, hit, answers);
  // Whatever was announced, the next run must find the target as this one did.
  for (let waited = 0; filler && hits.length > 0 && waited < maxWaitMs; waited += POLL_MS) {
    if ((await session.client.send(filler)).response?.status !== 429) return;
    await session.pause(POLL_MS);
  }
}

/** A limit under another name ends with the load; what does not end has another cause, and says nothing about 429. */
async function confirmDisguise(session: Session, hit: Hit, answers: Answers): Promise<void> {
  const { maxWaitMs } = session.capabilities.profile.rateLimit;
  for (let waited = 0; waited <= maxWaitMs; waited += POLL_MS) {
    if ((await session.client.send(hit.case.request)).response?.status === hit.usual) return;
    await session.pause(POLL_MS);
  }
  const answer = Object.values(answers).find((each) => each.case === hit.case);
  if (!answer) return;
  answer.exchanges = [];
  const got = hit.exchange.response?.status;
  const reason = `answered ${got} in place of ${hit.usual} under load, and still does ${maxWaitMs / 1000} s later`;
  answer.blocked = { outcome: 'error', reason };
}
