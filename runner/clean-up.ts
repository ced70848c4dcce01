import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../model/exchange.ts';
import { operationOf, type Resource } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Removal } from './build-world.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';
import { awaitGone } from './settle.ts';
import { mayPass } from './standing.ts';

/** A removal that was accepted is waited for so long, in milliseconds. */
const LONGEST_REMOVAL_MS = 30_000;

/** The first and the longest pause between two tries, in milliseconds, and for how long after its beginning a clean-up tries again. */
const PAUSE_MS = { first: 500, longest: 4000 };
const PATIENT_MS = 20_000;

/** Statuses that are over sooner or later, and say nothing about the object. */
const BUSY = [429, 502, 503, 504];

/** An object that is still there, and what its removal was answered, in words. */
export type Left = { removal: Removal; why: string };

/**
 * How long to keep trying. `awaitBack` is asked once where a target may just be away; what it refused then is tried again if the target
 * is back, or was never away. With `isPatient`, what was too busy or broke off is tried again for some seconds.
 */
export type Trying = { awaitBack?: () => Promise<boolean>; isPatient?: true };

/**
 * Removes what the run made: kind by kind, first what depends on others, and all of a kind side by side. Yields each object that is still
 * there afterwards.
 */
export async function cleanUp(session: Session, removals: readonly Removal[], trying: Trying = {}): Promise<Left[]> {
  const left: Left[] = [];
  const until = performance.now() + (trying.isPatient ? PATIENT_MS : 0);
  // All of them first: what is within another object is removed by a path that names both.
  for (const { operation, params } of removals) session.gate.own(operationOf(session.contract, operation).path, params);
  // Resources stand behind those that they depend on.
  const rankOf = (kind: string) => session.resources.findLastIndex((each) => each.remove?.id === kind);
  const kinds = [...new Set(removals.map(({ operation }) => operation))];
  const waiting = kinds.sort((one, other) => rankOf(other) - rankOf(one));
  for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
    const own = removals.filter(({ operation }) => operation === kind);
    const tried = await removeAll(session, own, trying, until);
    left.push(...tried.flatMap(({ why, removal }) => (why === undefined ? [] : [{ removal, why }])));
    // What is accepted only keeps what it depends on; one after the other, as the first takes as long as all.
    for (const { isAccepted, removal } of tried)
      if (isAccepted && waiting.length > 0)
        await awaitGone(session, resourceRemovedBy(session, kind), removal.params, LONGEST_REMOVAL_MS);
  }
  return left;
}

function resourceRemovedBy({ resources }: Session, operation: string): Resource | undefined {
  return resources.find(({ remove: own }) => own?.id === operation);
}

async function removeAll(
  session: Session,
  removals: readonly Removal[],
  { awaitBack }: Trying,
  until: number,
): Promise<Tried[]> {
  let tried = await Promise.all(removals.map((removal) => remove(session, removal)));
  const again = (may: (each: Tried) => boolean | undefined) =>
    Promise.all(tried.map((each) => (may(each) ? remove(session, each.removal) : each)));
  if (awaitBack && tried.some((each) => each.mayPass) && (await awaitBack()))
    tried = await again((each) => each.mayPass);
  // All that wait wait together.
  for (let pauseMs = PAUSE_MS.first; performance.now() + pauseMs < until && tried.some((each) => each.isBusy); ) {
    await sleep(pauseMs);
    pauseMs = Math.min(2 * pauseMs, PAUSE_MS.longest);
    tried = await again((each) => each.isBusy);
  }
  return tried;
}

/** Whether a removal was only accepted, or why the object is still there, and whether that may be over later, or in a moment. */
type Tried = { removal: Removal; isAccepted: boolean; why?: string; mayPass?: boolean; isBusy?: boolean };

async function remove(session: Session, removal: Removal): Promise<Tried> {
  const operation = operationOf(session.contract, removal.operation);
  const request = buildRequest(operation, { params: removal.params });
  const { exchange } = await sendPatiently(session, { request, danger: 'write', isUrgent: true });
  const { response, failure } = exchange;
  const gone = response !== undefined && (response.status < 300 || response.status === 404 || response.status === 410);
  const isAccepted = response?.status === 202;
  if (gone) return { removal, isAccepted };
  const why = `${request.method} ${request.target} answered ${response?.status ?? failure?.message ?? 'nothing'}`;
  const passes = failure?.kind !== 'unreachable' && mayPass(response?.status ?? null);
  return { removal, isAccepted, why, mayPass: passes, isBusy: isBusy(exchange) };
}

/** A removal may be sent twice (RFC 9110 §9.2.2). A target that is gone for good, and what the gate holds back, does not change any more. */
function isBusy({ response, failure }: Exchange): boolean {
  if (response) return BUSY.includes(response.status);
  return failure !== undefined && failure.kind !== 'held' && failure.code !== 'EGONE';
}
