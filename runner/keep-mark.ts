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
  /** Makes the mark, unless it was made; resolves when it is there, or cannot be. */
  begin(): Promise<void>;
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

/** The date in a name may be older than the mark by so much, in milliseconds: the answer that told it may be from a cache. */
const MOST_LAG_MS = 5 * 60_000;

/** So many kinds are tried: a server that changes the names of one does so with all. */
const MOST_KINDS = 2;

const LOST =
  'the object by which other runs know that this one is under way could not be made anew for an hour, so that they may have removed what it worked on';

type Made = { resource: Resource; removal: Removal; at: number };

/** A mark that is kept for a run; nothing is sent before it begins. */
export function keepMark(
  session: Session,
  run: string,
  { isBusy, onLost, schedule = later }: Keeping = {},
): MarkKeeper {
  let begun: Promise<void> | undefined;
  let current: Made | undefined;
  /** Old ones that could not be removed. */
  const rest: Removal[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  let callOff = () => {};
  let isOver = false;
  let mayBeMore = false;
  let working: Promise<void> = Promise.resolve();

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
    const removal = { operation: remove.id, params: object.params };
    const shown = nameFields(create).map((field) => nameAt(object.body, field) ?? valueAt(body, field));
    const mark = shown.map((name) => (typeof name === 'string' ? readMark(name) : undefined)).find((each) => each);
    if (mark?.run === run) return { resource, removal, at: mark.at };
    await drop(removal);
    return undefined;
  }

  function note(date: number | undefined): void {
    latest = Math.max(latest, date ?? latest);
  }

  async function drop(removal: Removal): Promise<void> {
    rest.push(removal);
    if ((await cleanUp(session, [removal])).length === 0) rest.splice(rest.indexOf(removal), 1);
  }

  async function replace(resource: Resource): Promise<boolean> {
    for (let tries = 0; tries < 2; tries++) {
      const made = await make(resource);
      if (!made) return false;
      const old = current;
      current = made;
      if (old) await drop(old.removal);
      if (latest - made.at < MOST_LAG_MS) return true;
    }
    return true;
  }

  async function start(): Promise<void> {
    for (const resource of markKinds(session, run).slice(0, MOST_KINDS)) {
      if (!(await replace(resource))) continue;
      plan(RENEW_MS, 0);
      return;
    }
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
      const before = current;
      if (isOver || !before) return false;
      const isNew = await replace(before.resource);
      // Not only what fails: a machine may have slept.
      if (latest - before.at >= OLD_MS - 2 * AGAIN_MS) onLost?.(LOST);
      for (const old of rest.splice(0)) await drop(old);
      return isNew;
    });
    working = renewed.then(
      () => {},
      () => {},
    );
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
      return { removals: [...rest, ...(current ? [current.removal] : [])], mayBeMore };
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
