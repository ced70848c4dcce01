import { unreached } from '../judge/outcome.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Control } from '../plan/case.ts';
import { STAGE } from '../provocations/controls.ts';
import { holds } from './holds.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';

/** Whether a control holds by now, and whether it had to be waited for; or what that makes of its cases, with a sentence that says since when. */
export type Stand =
  | { held: true; hasWaited: boolean }
  | { held: false; outcome: 'untestable' | 'error'; reason: string };

/** Whether what a run relies on still stands: that its token is taken, that its objects are there, that the target answers at all. */
export type Standing = {
  /** Controls that held, to be asked again. */
  kept(): readonly Control[];
  /** Notes a control that held: what is served tells later whether anything still is. */
  note(control: Control): void;
  /**
   * Sends a control again that held before. Where it does not hold, it is waited for, as a deployment or a lock is over sooner or
   * later: once for all who ask at that time, and not again once the wait was in vain.
   */
  ask(control: Control): Promise<Stand>;
  /** Does so with another one than this, by which it is told whether this one alone does not hold; undefined where no other one ever held. */
  askAnother(control: Pick<Control, 'id'>): Promise<Stand | undefined>;
  /** Why nothing more can be tested, once it was waited for in vain and a second control did not hold either. */
  lost(): string | undefined;
  /** What was away and is back again, in a sentence, where that leaves something untested; undefined where nothing was away. */
  blame(): string | undefined;
  /** The sentences that say what did not stand at some time, so that something is untested. */
  broken(): string[];
  /** Those that say what was waited for, so that nothing is. */
  waited(): string[];
};

/**
 * How long a run waits for what it relies on, in milliseconds: a deployment is over sooner. No longer than so many of the longest waits
 * that the target profile grants, and in all for so many outages, as a night has an end.
 */
export const MOST_WAIT_MS = 15_000;
const MOST_WAITS = 2;
const MOST_OUTAGES = 4;

/** The first and the longest pause between two tries, in milliseconds. */
const PAUSE_MS = { first: 250, longest: 2000 };

/** So often a control waits for another one's wait before it waits itself. */
const MOST_TURNS = 3;

/** So many controls that held are kept to be asked again. */
const MOST_KEPT = 3;

/** Statuses with which a target, or something in front of it, answers whatever it is asked while something is wrong with it. */
const PASSING: (number | null)[] = [401, 403, 429, 500, 502, 503, 504, null];

/** Whether a status, `null` where there was none, may be that of a target which is away, or has locked somebody out. */
export function mayPass(status: number | null): boolean {
  return PASSING.includes(status);
}

/** What did not stand: an outage, which is over once it has an end. One that was waited for to its end harms nothing but what is blamed on it. */
type Outage = { kind: string; since: Date; until?: Date; control: Control; exchange: Exchange; isHarmless?: boolean };

/** How long a run with a target profile waits for what it relies on, in milliseconds. */
export function waitGranted({ rateLimit }: Session['capabilities']['profile']): number {
  return Math.min(MOST_WAIT_MS, MOST_WAITS * rateLimit.maxWaitMs);
}

/** Makes a standing of a session on which nothing was asked for yet, which waits so long for one outage, in milliseconds. */
export function createStanding(session: Session, mostMs: number): Standing {
  const looking = new Map<string, Promise<Stand>>();
  /** What is being waited for, by what is wrong. */
  const waits = new Map<string, Promise<unknown>>();
  const outages: Outage[] = [];
  const kept: Control[] = [];
  let leftMs = MOST_OUTAGES * mostMs;
  let grantedMs = mostMs;
  let lost: string | undefined;

  const send = async (control: Control) => (await sendPatiently(session, { ...control, isUrgent: true })).exchange;
  const openOutage = (kind: string) => outages.find((each) => each.kind === kind && each.until === undefined);

  async function look(control: Control, turns = MOST_TURNS): Promise<Stand> {
    if (lost !== undefined) return { held: false, outcome: 'untestable', reason: lost };
    const first = await send(control);
    if (holds(control.holds, first)) return stands(control, turns < MOST_TURNS);
    const kind = kindOf(first);
    const other = waits.get(kind);
    if (other && turns > 0) {
      await other;
      return look(control, turns - 1);
    }
    const since = new Date();
    // What is known not to stand was waited for, and who is gone does not come back.
    const isKnown = openOutage(kind) !== undefined || first.failure?.kind === 'unreachable';
    const last = isKnown ? first : await lead(kind, awaitBack(control, first));
    if (holds(control.holds, last)) {
      outages.push({ kind, since, until: new Date(), control, exchange: first, isHarmless: true });
      return stands(control, true);
    }
    // Who cannot be reached has answered nothing, and is told of wherever that is found out.
    if (last.failure?.kind === 'unreachable') return { held: false, ...unreached(last.failure) };
    const outage = openOutage(kindOf(last)) ?? { kind: kindOf(last), since, control, exchange: last };
    if (!outages.includes(outage)) outages.push(outage);
    if (!isKnown) await findLost(outage);
    return { held: false, outcome: 'untestable', reason: tell(outage) };
  }

  /** One control is sent again and again for all that wait for the same, whom its answer tells that they may ask again. */
  async function lead(kind: string, wait: Promise<Exchange>): Promise<Exchange> {
    waits.set(kind, wait);
    try {
      return await wait;
    } finally {
      waits.delete(kind);
    }
  }

  /** The answer to a control once it holds, or the last one when all waiting is used up. */
  async function awaitBack(control: Control, first: Exchange): Promise<Exchange> {
    let last = first;
    let pauseMs = PAUSE_MS.first;
    while (!holds(control.holds, last) && grantedMs > 0 && leftMs > 0) {
      grantedMs -= pauseMs;
      leftMs -= pauseMs;
      await session.pause(pauseMs);
      pauseMs = Math.min(2 * pauseMs, PAUSE_MS.longest);
      last = await send(control);
    }
    return last;
  }

  /** One object that is gone is not the target; nor is one operation that the token is no longer good for. */
  async function findLost(outage: Outage): Promise<void> {
    const other = kept.find(({ id }) => id !== outage.control.id);
    if (outage.kind === 'object' || !other) return;
    if (kindOf(await send(other)) === outage.kind) lost = tell(outage);
  }

  function stands({ id }: Control, hasWaited: boolean): Stand {
    for (const outage of outages) if (outage.control.id === id) outage.until ??= new Date();
    if (hasWaited) grantedMs = mostMs;
    return { held: true, hasWaited };
  }

  function ask(control: Control): Promise<Stand> {
    const open = looking.get(control.id) ?? look(control).finally(() => looking.delete(control.id));
    looking.set(control.id, open);
    return open;
  }

  return {
    kept: () => kept,
    note(control) {
      const isReading = 'success' in control.holds && control.stage === STAGE.read && !control.optional;
      if (isReading && control.request.method === 'GET' && kept.length < MOST_KEPT) kept.push(control);
    },
    ask,
    async askAnother({ id }) {
      const other = kept.find((each) => each.id !== id);
      return other && ask(other);
    },
    lost: () => lost,
    blame() {
      const last = outages.findLast(({ until }) => until !== undefined);
      if (last) last.isHarmless = false;
      return last && tell(last);
    },
    broken: () => outages.filter(({ isHarmless }) => !isHarmless).map(tell),
    waited: () => outages.filter(({ isHarmless }) => isHarmless).map(tell),
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

function tell({ kind, since, until, control, exchange }: Outage): string {
  const { response, failure } = exchange;
  const asked = `${control.request.method} ${control.request.target}`;
  const when = until ? `from ${clock(since)} to ${clock(until)} UTC` : `since ${clock(since)} UTC`;
  const [is, now] = until ? ['was', 'then'] : ['is', 'now'];
  const answered = `${asked} was answered by a success before, and ${now} by ${response?.status ?? 'nothing'}`;
  if (kind === 'token') return `The token ${is} refused ${when}: ${answered}.`;
  if (kind === 'object') return `What this run made or found ${is} gone ${when}: ${answered}.`;
  if (kind === 'silence')
    return `The target ${until ? 'gave' : 'gives'} no answer ${when}: ${asked} (${failure?.message ?? 'nothing came'}).`;
  return `The target ${until ? 'answered' : 'answers'} ${response?.status} to what it served before ${when}: ${asked}.`;
}

function clock(date: Date): string {
  return date.toISOString().slice(11, 19);
}
