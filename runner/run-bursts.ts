import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../engine/answer.ts';
import type { Case } from '../engine/case.ts';
import type { Exchange, RequestSpec } from '../engine/exchange.ts';
import { expandCell, type PlannedCell } from '../engine/plan.ts';
import { BURST } from '../provocations/429-too-many-requests.ts';
import { type Groundwork, whyBlocked } from './groundwork.ts';
import { answerKey } from './run-cell.ts';
import { waitOf } from './send-patiently.ts';
import { type Session, sceneOf } from './session.ts';

/** How many requests of a burst are under way at once: few at first, because the burst before may have reached the limit. */
const FIRST_BATCH = 4;
const BATCH = 16;

/** Waited beyond what was announced, in milliseconds, because clocks and networks are not exact. */
const GRACE_MS = 50;

/** How often the target is asked whether it has recovered when it did not say how long that takes, in milliseconds. */
const POLL_MS = 500;

/** A limit that was reached. `usual` is what the request is answered without load, when the answer is no 429. */
type Hit = { case: Case; exchange: Exchange; waitMs?: number; at: number; usual?: number };

/**
 * Provokes 429 on every operation, one burst after the other, and then waits once for all of them. It runs alone: nothing
 * else may be under way. Answers are by `answerKey`. The burst of an operation mixes its own request with a read, so that
 * a limit over all operations is reached even where refused requests do not count towards it.
 */
export async function runBursts(session: Session, groundwork: Groundwork): Promise<Record<string, Answer>> {
  session.gate.adopt(groundwork.world);
  const bursts = session.cells.flatMap((cell) => burstOf(session, cell, groundwork));
  const filler = bursts.find((each) => each.danger === 'load' && each.request.method === 'GET')?.request;
  const answers: Record<string, Answer> = {};
  const hits: Hit[] = [];
  let reached = true;
  for (const { key, ...burst } of bursts) {
    const blocked = whyBlocked(burst, groundwork);
    // Where a full burst brought no 429, the next ones would only be load.
    const usual = groundwork.controls[burst.controls[0]?.id ?? '']?.record.actual ?? undefined;
    const hit = blocked || !reached ? undefined : await provokeLimit(session, burst, filler ?? burst.request, usual);
    if (hit) hits.push(hit);
    else if (!blocked) reached = false;
    const { maxRequests } = session.capabilities.profile.rateLimit;
    const none = { outcome: 'untestable' as const, reason: `no 429 within ${maxRequests} requests` };
    answers[key] = {
      case: burst,
      exchanges: hit ? [{ exchange: hit.exchange }] : [],
      ...(hit ? {} : { blocked: blocked ?? none }),
    };
  }
  await recover(session, hits, answers, filler);
  return answers;
}

function burstOf(session: Session, cell: PlannedCell, groundwork: Groundwork): (Case & { key: string })[] {
  if (!cell.provocations.some((provocation) => provocation.id === BURST)) return [];
  const { cases } = expandCell(cell, sceneOf(session, groundwork.world));
  return cases.filter((each) => each.provocation === BURST).map((each) => ({ ...each, key: answerKey(cell, each) }));
}

/**
 * Sends batch after batch until the operation's own request is answered 429, or as if it were refused for another reason, or
 * the bound is reached. `usual` is the status that the same request gets without load.
 */
async function provokeLimit(
  session: Session,
  burst: Case,
  filler: RequestSpec,
  usual: number | undefined,
): Promise<Hit | undefined> {
  const { maxRequests } = session.capabilities.profile.rateLimit;
  let size = 0;
  for (let left = maxRequests; left > 0; left -= size) {
    size = Math.min(left, left === maxRequests ? FIRST_BATCH : BATCH);
    const requests = Array.from({ length: size }, (_, index) =>
      index % 4 === 3 || index === size - 1 ? burst.request : filler,
    );
    const exchanges = await Promise.all(requests.map((request) => session.client.send(request)));
    const own = exchanges.filter((_, index) => requests[index] === burst.request);
    const limited = own.find(({ response }) => response?.status === 429);
    const disguised = usual === undefined ? undefined : own.find((each) => isRefusal(each, usual));
    const heldBack = own.find(({ failure }) => failure?.kind === 'held');
    const exchange = limited ?? disguised ?? heldBack;
    if (exchange) {
      const waitMs = waitOf(exchange);
      const hit: Hit = { case: burst, exchange, at: Date.now() };
      if (waitMs !== undefined) hit.waitMs = waitMs;
      if (disguised && !limited && usual !== undefined) hit.usual = usual;
      return hit;
    }
  }
  return undefined;
}

/**
 * Whether an answer under load looks like a limit under another name: a client's error, or "unavailable", where there was
 * none before. A 500 or a 504 may as well come of the load itself.
 */
function isRefusal({ response }: Exchange, usual: number): boolean {
  const status = response?.status ?? 0;
  return status !== usual && (status === 503 || (status >= 400 && status < 500));
}

/** Waits as long as announced, bounded, and sends each operation's request once more: it must not be limited any longer. */
async function recover(
  session: Session,
  hits: Hit[],
  answers: Record<string, Answer>,
  filler: RequestSpec | undefined,
): Promise<void> {
  const { maxWaitMs } = session.capabilities.profile.rateLimit;
  const announced = hits.flatMap((hit) => (hit.waitMs === undefined ? [] : [hit.at + hit.waitMs - Date.now()]));
  const waitMs = Math.max(0, ...announced);
  if (waitMs <= maxWaitMs) await sleep(waitMs + GRACE_MS);
  for (const hit of hits) {
    if (hit.waitMs === undefined || waitMs > maxWaitMs) continue;
    const exchange = await session.client.send(hit.case.request);
    const answer = Object.values(answers).find((each) => each.case === hit.case);
    answer?.exchanges.push({ exchange, waitedMs: hit.waitMs });
  }
  for (const hit of hits.filter(({ usual }) => usual !== undefined)) await confirmDisguise(session, hit, answers);
  // Whatever was announced, the next run must find the target as this one did.
  for (let waited = 0; filler && hits.length > 0 && waited < maxWaitMs; waited += POLL_MS) {
    if ((await session.client.send(filler)).response?.status !== 429) return;
    await sleep(POLL_MS);
  }
}

/** A limit under another name ends with the load; what does not end has another cause, and says nothing about 429. */
async function confirmDisguise(session: Session, hit: Hit, answers: Record<string, Answer>): Promise<void> {
  const { maxWaitMs } = session.capabilities.profile.rateLimit;
  for (let waited = 0; waited <= maxWaitMs; waited += POLL_MS) {
    if ((await session.client.send(hit.case.request)).response?.status === hit.usual) return;
    await sleep(POLL_MS);
  }
  const answer = Object.values(answers).find((each) => each.case === hit.case);
  if (!answer) return;
  answer.exchanges = [];
  const got = hit.exchange.response?.status;
  const reason = `answered ${got} in place of ${hit.usual} under load, and still does ${maxWaitMs / 1000} s later`;
  answer.blocked = { outcome: 'error', reason };
}
