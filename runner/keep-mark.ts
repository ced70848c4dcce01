import { valueAt } from '../model/json-pointer.ts';
import { whyUnsendable } from '../plan/places.ts';
import type { Resource } from '../plan/resources.ts';
import { validBody } from '../provocations/bodies.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Json } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { emptyWorld, type Removal } from './build-world.ts';
import { cleanUp } from './clean-up.ts';
import { madeObject } from './made-object.ts';
import { markPurpose, OLD_MS, RENEW_MS, readMark } from './mark.ts';
import { nameAt, nameFields } from './own-names.ts';
import { linkedOperation } from './pages/list-items.ts';
import { sendPatiently } from './send-patiently.ts';
import { serverDate } from './server-date.ts';
import { type Session, sceneOf } from './session.ts';

/** Keeps a run's mark on the target (`runner/mark.ts`). */
export type MarkKeeper = {
  /** Makes the mark, unless it was made; yields the name of its kind once it is there, and nothing where it cannot be. */
  begin(): Promise<string | undefined>;
  /** Makes it anew. Where that fails the old one stays. */
  renew(): Promise<void>;
  /** Makes none any more; yields how to remove what is there of them, and whether there may be some that nobody knows. */
  end(): Promise<{ removals: Removal[]; mayBeMore: boolean }>;
};

/** How a run and its mark get along. `schedule` does work so many milliseconds later and yields what calls it off. */
export type Keeping = {
  /** Whether nothing else may be under way just now. */
  isBusy?: () => boolean;
  /** Hears that others may take this run for one that was killed. */
  onLost?: (reason: string) => void;
  schedule?: (work: () => void, ms: number) => () => void;
};

/** A mark that could not be renewed is tried again so much later, in milliseconds, and so long nothing else has to wait for it. */
const AGAIN_MS = 60_000;
const LONGEST_BUSY_MS = OLD_MS / 2;

/** One that cannot be made anew is taken away before it is old, in milliseconds. */
const LONGEST_KEPT_MS = (OLD_MS * 2) / 3;

/** The date in a name may be older than the mark by so much, in milliseconds: the answer that told it may be from a cache. */
const MOST_LAG_MS = 5 * 60_000;

/** So many kinds are tried: a server that changes the names of one does so with all. */
const MOST_KINDS = 2;

const LOST =
  'the object by which other runs know that this one is under way could not be made anew for an hour, so that they may have removed what it worked on';

type Made = { removal: Removal; at?: number };

/** A mark that is kept for a run; nothing is sent before it begins. */
export function keepMark(
  session: Session,
  run: string,
  { isBusy, onLost, schedule = later }: Keeping = {},
): MarkKeeper {
  let begun: Promise<string | undefined> | undefined;
  let kind: Resource | undefined;
  /** What may be there of them, the newest last; `at` is absent where it tells nobody anything. */
  const marks: Made[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  let callOff = () => {};
  let isOver = false;
  let mayBeMore = false;
  let working: Promise<unknown> = Promise.resolve();

  /** Makes one; undefined where none was made that can be read. */
  async function make(resource: Resource): Promise<Made | undefined> {
    const { create, remove, list } = resource;
    if (!list || !remove) return undefined;
    const asked = await sendPatiently(session, { request: buildRequest(list, {}), danger: 'read', isUrgent: true });
    note(serverDate(asked.exchange));
    const body = Number.isFinite(latest) ? markBody(session, resource, run, latest) : undefined;
    if (body === undefined) return undefined;
    const request = buildRequest(create, { body });
    const { exchange } = await sendPatiently(session, { request, danger: 'write', isUrgent: true });
    note(serverDate(exchange));
    const { response } = exchange;
    const object = madeObject(resource, exchange);
    if (!object) {
      mayBeMore ||= !response || response.status < 400 || response.status >= 500;
      return undefined;
    }
    const shown = nameFields(create).map((field) => nameAt(object.body, field) ?? valueAt(body, field));
    const mark = shown.map((name) => (typeof name === 'string' ? readMark(name) : undefined)).find((each) => each);
    const made: Made = { removal: { operation: remove.id, params: object.params } };
    if (mark?.run === run) made.at = mark.at;
    marks.push(made);
    if (made.at !== undefined) return made;
    await drop([made]);
    return undefined;
  }

  function note(date: number | undefined): void {
    latest = Math.max(latest, date ?? latest);
  }

  /** Those that cannot be removed are tried again the next time. */
  async function drop(old: readonly Made[]): Promise<void> {
    for (const each of old)
      if ((await cleanUp(session, [each.removal])).length === 0) marks.splice(marks.indexOf(each), 1);
  }

  async function replace(resource: Resource): Promise<boolean> {
    let made = await make(resource);
    const isLate = made?.at !== undefined && latest - made.at >= MOST_LAG_MS;
    if (isLate) made = (await make(resource)) ?? made;
    if (!made) return false;
    const newest = made;
    await drop(marks.filter((each) => each !== newest));
    return true;
  }

  async function start(): Promise<string | undefined> {
    for (const resource of markKinds(session, run).slice(0, MOST_KINDS)) {
      if (!(await replace(resource))) continue;
      kind = resource;
      plan(RENEW_MS, 0);
      return resource.name;
    }
    return undefined;
  }

  /** `waitedMs` is how long it has been put off already. */
  function plan(ms: number, waitedMs: number): void {
    if (isOver) return;
    callOff = schedule(() => {
      const mayWait = isBusy?.() === true && waitedMs < LONGEST_BUSY_MS;
      if (mayWait) plan(AGAIN_MS, waitedMs + AGAIN_MS);
      else
        void renew().then(
          (isNew) => plan(isNew ? RENEW_MS : AGAIN_MS, 0),
          // A run that is stopped sends nothing more.
          () => {},
        );
    }, ms);
  }

  function renew(): Promise<boolean> {
    const renewed = working.then(async () => {
      if (isOver || !kind) return false;
      const before = marks.findLast(({ at }) => at !== undefined)?.at;
      let isNew = await replace(kind);
      const age = before === undefined ? 0 : latest - before;
      // Where there is room for no other one, none is better than one that is old: without a mark nothing is removed.
      if (!isNew && age >= LONGEST_KEPT_MS) {
        await drop([...marks]);
        isNew = await replace(kind);
      }
      const isOld = marks.some(({ at }) => at === before);
      // Not only what fails: a machine may have slept.
      if (age >= OLD_MS - 2 * AGAIN_MS && (isNew || isOld)) onLost?.(LOST);
      return isNew;
    });
    working = renewed.catch(() => {});
    return renewed;
  }

  return {
    begin() {
      begun ??= start();
      return begun;
    },
    async renew() {
      await renew();
    },
    async end() {
      isOver = true;
      callOff();
      await Promise.allSettled([begun, working]);
      return { removals: marks.map(({ removal }) => removal), mayBeMore };
    },
  };
}

/**
 * Kinds of which one object can be the mark of a run, those with the smallest body first: they need no other object, are listed with their
 * names, and can be removed.
 */
function markKinds(session: Session, run: string): Resource[] {
  const size = (resource: Resource) => JSON.stringify(markBody(session, resource, run, Date.UTC(2030))).length;
  return session.resources
    .filter((resource) => {
      const { create, list, read, remove, parent, references } = resource;
      const isAlone = parent === undefined && references.length === 0 && pathParams(create.path).length === 0;
      if (!isAlone || !list || !read || !remove || pathParams(list.path).length > 0) return false;
      if ([create, list, read, remove].some((each) => whyUnsendable(each, session.contract, {}) !== undefined))
        return false;
      return linkedOperation(resource) !== undefined && markBody(session, resource, run, Date.UTC(2030)) !== undefined;
    })
    .sort((one, other) => size(one) - size(other));
}

/** A body that makes a mark; undefined where no name can hold one. */
function markBody(session: Session, { create }: Resource, run: string, at: number): Json | undefined {
  const body = validBody(create, sceneOf(session, emptyWorld(run)), markPurpose(at));
  if (body === undefined) return undefined;
  const names = nameFields(create).map((field) => valueAt(body, field));
  const isMark = names.some((name) => typeof name === 'string' && readMark(name)?.run === run);
  return isMark ? body : undefined;
}

/** A process that has nothing else to do need not wait for it. */
function later(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
