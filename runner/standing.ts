import { setTimeout as sleep } from 'node:timers/promises';
import { unreached } from '../judge/outcome.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Control } from '../plan/case.ts';
import { holds } from './holds.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';

/** Whether a control holds by now, and whether it had to be waited for; or what that makes of its cases, with a sentence that says since when. */
export type Stand =
  | { held: true; hasWaited: boolean }
  | { held: false; outcome: 'untestable' | 'error'; reason: string };

/** Whether what a run relies on still stands: that its token is taken, that its objects are there, that the target answers at all. */
export type Standing = {
  /**
   * Sends a control again that held before. Where it does not hold, it is waited for, as a deployment or a lock is over sooner or
   * later: once for all who ask at that time, and not again once the wait was in vain.
   */
  ask(control: Control): Promise<Stand>;
  /** The sentences that say what no longer stood when it was last asked for. */
  broken(): string[];
};

/**
 * How long a run waits for what it relies on, in all, in milliseconds: a deployment is over sooner, and a night has an end. No longer
 * than so many of the longest waits that the target profile grants.
 */
const MOST_WAIT_MS = 15_000;
const MOST_WAITS = 2;

/** The first and the longest pause between two tries, in milliseconds. */
const PAUSE_MS = { first: 250, longest: 2000 };

/** Makes a standing of a session on which nothing was asked for yet. */
export function createStanding(session: Session): Standing {
  const looking = new Map<string, Promise<Stand>>();
  /** What does not stand, by what is wrong with it: one sentence for all controls that show it. */
  const broken = new Map<string, { since: Date; reason: string; control: string }>();
  let grantedMs = Math.min(MOST_WAIT_MS, MOST_WAITS * session.capabilities.profile.rateLimit.maxWaitMs);

  async function look(control: Control): Promise<Stand> {
    const send = async () => (await sendPatiently(session, { ...control, isUrgent: true })).exchange;
    let exchange = await send();
    if (holds(control.holds, exchange)) return stands(control, false);
    const since = new Date();
    // What is known not to stand was waited for, and who is gone does not come back.
    const isKnown = broken.has(kindOf(exchange)) || exchange.failure?.kind === 'unreachable';
    for (let pauseMs = PAUSE_MS.first; !isKnown && grantedMs > 0; pauseMs = Math.min(2 * pauseMs, PAUSE_MS.longest)) {
      grantedMs -= pauseMs;
      await sleep(pauseMs);
      exchange = await send();
      if (holds(control.holds, exchange)) return stands(control, true);
    }
    // Who cannot be reached has answered nothing, and is told of wherever that is found out.
    if (exchange.failure?.kind === 'unreachable') return { held: false, ...unreached(exchange.failure) };
    const kind = kindOf(exchange);
    const known = broken.get(kind) ?? { since, control: control.id, reason: '' };
    const reason = tell(kind, known.since, control, exchange);
    if (!broken.has(kind)) broken.set(kind, { ...known, reason });
    return { held: false, outcome: 'untestable', reason: broken.get(kind)?.reason ?? reason };
  }

  function stands({ id }: Control, hasWaited: boolean): Stand {
    for (const [kind, each] of broken) if (each.control === id) broken.delete(kind);
    return { held: true, hasWaited };
  }

  return {
    ask(control) {
      const open = looking.get(control.id) ?? look(control).finally(() => looking.delete(control.id));
      looking.set(control.id, open);
      return open;
    },
    broken: () => [...broken.values()].map(({ reason }) => reason),
  };
}

/** What no longer stands, as far as the answer tells. */
function kindOf({ response }: Exchange): string {
  if (!response) return 'silence';
  const { status } = response;
  if (status === 401 || status === 403) return 'token';
  if (status === 404 || status === 410) return 'object';
  return `status ${status}`;
}

function tell(kind: string, since: Date, { request }: Control, { response, failure }: Exchange): string {
  const clock = `since ${since.toISOString().slice(11, 19)} UTC`;
  const asked = `${request.method} ${request.target}`;
  const answered = `${asked} was answered by a success before, and now by ${response?.status ?? 'nothing'}`;
  if (kind === 'token') return `The token is refused ${clock}: ${answered}.`;
  if (kind === 'object') return `What this run made or found is gone ${clock}: ${answered}.`;
  if (kind === 'silence')
    return `The target gives no answer ${clock}: ${asked} (${failure?.message ?? 'nothing came'}).`;
  return `The target answers ${response?.status} to what it served before ${clock}: ${asked}.`;
}
