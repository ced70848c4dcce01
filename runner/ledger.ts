import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../exchange/client.ts';
import type { Exchange, RequestSpec } from '../model/exchange.ts';
import { findPlace, kindOf } from '../plan/places.ts';
import type { Resource } from '../plan/resources.ts';
import type { Contract } from '../schemas/contract.ts';
import type { Gate } from './gate.ts';
import {
  type Book,
  type Found,
  knowBy,
  nameObject,
  namesOf,
  nextChange,
  openBook,
  type Stray,
  wake,
} from './ledger-book.ts';
import { keyOf, keysOf, madeObject, paramsOf, showObject } from './made-object.ts';

/**
 * What this run has made of each kind, counted so that no more are alive at a time than it may make. A create that is refused, or fails,
 * counts until a look at the target has shown that it made nothing.
 */
export type Ledger = {
  /** A client whose creates wait until there is room; what has none is an exchange with a failure of kind `held`. */
  guard(client: Client): Client;
  /** A client whose creates are noted, and wait for nothing: while the target is made to fail, nothing can be looked at. */
  watch(client: Client): Client;
  /** How many more of a kind may be there. */
  room(resource: Resource): number;
  /** Looks for what was made and not told of, all that is under way awaited. */
  look(resource: Resource): Promise<Stray[]>;
  /** Keeps a kind to oneself: nobody else makes one, or looks, until the work is done. */
  alone<Result>(resource: Resource, client: Client, work: (own: Own) => Promise<Result>): Promise<Result>;
  /** Looks a last time, also for what is listed late. */
  settle(): Promise<void>;
  /** Whether something could not be looked for, at the last time that it was tried. */
  isUnsure(): boolean;
  /** All that was made and not told of so far. */
  strays(): readonly Stray[];
};

/** What who has a kind to himself sends with, which is noted and waits for nothing, and looks with. */
type Own = { client: Client; look(): Promise<Stray[]> };

/**
 * `find` yields all that bears the run's name; `unlisted` says that nothing ever can, and `unseen` that it could not this time. `undo` removes
 * what should not be there.
 */
export type LedgerOptions = {
  contract: Pick<Contract, 'operations'>;
  resources: readonly Resource[];
  /** Most objects of a kind at a time. */
  most: number;
  /** Whether objects may be made at all: where not, the first that is ends all creates of its kind. */
  mayMake: boolean;
  find(resource: Resource): Promise<Found[] | 'unlisted' | 'unseen'>;
  /** Hears by which id an object is listed that was told of by another one. */
  keep(resource: Resource, params: Record<string, string>): void;
  undo(strays: readonly Stray[]): Promise<void>;
  /** Aborts when nothing more is to be made. */
  signal: AbortSignal;
} & Pick<Gate, 'withhold' | 'withheld'>;

/** How long a create waits for an object to go, in milliseconds. */
const ROOM_MS = 15_000;

/** What is listed late is waited for so long at the end, in milliseconds, with so many between two looks. */
const LATE_MS = 5000;
const LATE_GAP_MS = 500;

/** Makes a ledger in which nothing stands. */
export function createLedger(options: LedgerOptions): Ledger {
  const { contract, resources, most, mayMake, find, keep, undo, signal, withhold, withheld } = options;
  const books = new Map<string, Book>(resources.map((resource) => [resource.create.id, openBook(resource)]));
  const all: Stray[] = [];
  const unguarded = new WeakMap<Client, Client>();

  function bookOf({ method, target }: RequestSpec, wanted: 'create' | 'remove'): Book | undefined {
    if (method !== (wanted === 'create' ? 'POST' : 'DELETE')) return undefined;
    const place = findPlace(target, contract);
    const kind = place && kindOf(place.path);
    return [...books.values()].find(
      ({ resource: { create, path } }) => kind === kindOf(wanted === 'create' ? create.path : path),
    );
  }

  /** Waits until one more may be made; yields why none may be. */
  async function enter(book: Book): Promise<string | undefined> {
    for (let waited = 0; ; ) {
      signal.throwIfAborted();
      const { resource, answers, alive, underWay } = book;
      const closed = withheld(resource.create);
      if (closed !== undefined) return closed;
      if (book.kept) await book.kept;
      else if (book.looking) await book.looking;
      else if (mayGo(book)) {
        book.underWay += 1;
        return undefined;
      } else if (underWay === 0 && (answers.length > 0 || book.isDoubtful)) await look(book);
      else if (underWay === 0 && waited >= ROOM_MS)
        return `${alive.size} objects of ${resource.name} are there already, and no more than ${most} may be at a time (CONFORMANCE_MAX_OBJECTS)`;
      else waited += await nextChange(book);
    }
  }

  function mayGo({ alive, underWay, answers, step, isDoubtful }: Book): boolean {
    const unseen = underWay + answers.length;
    return !isDoubtful && unseen < step && alive.size + unseen < most;
  }

  function note(book: Book, exchange: Exchange): void {
    const { resource, known, alive } = book;
    const status = exchange.response?.status;
    if (status === undefined && ['held', 'unreachable'].includes(exchange.failure?.kind ?? '')) return;
    const made = madeObject(resource, exchange);
    if (made) {
      const own = keyOf(resource.path, made.params);
      for (const key of keysOf(resource, made)) known.add(key);
      alive.add(own);
      nameObject(book, own, namesOf(resource, exchange));
      book.step = Math.min(book.step * 2, most);
      if (mayMake) return;
      all.push({ resource, params: made.params, name: '', answers: [String(status)] });
      close(book, `it carried out a request that it had to refuse, and made ${showObject(resource, made.params)}`);
      return;
    }
    const isRefused = status !== undefined && status >= 400 && status < 500;
    const isMade = status !== undefined && status >= 200 && status < 300;
    if (isMade && !mayMake) close(book, `it answered ${status} to a request that it had to refuse`);
    if (book.blind === 'unlisted') return;
    book.answers.push(String(status ?? exchange.failure?.message ?? 'nothing'));
    if (isMade) book.owed += 1;
    if (!isRefused) book.isDoubtful = true;
  }

  function close({ resource: { create } }: Book, why: string): void {
    if (withheld(create) === undefined)
      withhold(create, `nothing more is sent to ${create.method} ${create.path}: ${why}`);
  }

  async function look(book: Book): Promise<Stray[]> {
    while (book.looking) await book.looking;
    book.looking = (async () => {
      while (book.underWay > 0) await nextChange(book);
      const { resource, known, alive } = book;
      const found = await find(resource);
      const answers = [...new Set(book.answers)];
      const strays: Stray[] = [];
      for (const { params, name } of typeof found === 'string' ? [] : found) {
        const by = knowBy(book, { params, name });
        if (by === undefined) strays.push({ resource, params, name, answers });
        // The id that was told leads elsewhere, if anywhere.
        if (by === 'name') keep(resource, params);
      }
      delete book.blind;
      if (typeof found === 'string') book.blind = found;
      book.answers = [];
      book.isDoubtful = false;
      book.owed = Math.max(0, book.owed - strays.length);
      book.step = strays.length > 0 ? 1 : Math.min(book.step * 2, most);
      for (const { params } of strays) {
        known.add(keyOf(resource.path, params));
        alive.add(keyOf(resource.path, params));
      }
      all.push(...strays);
      if (strays.length > 0 && !mayMake)
        close(
          book,
          `it made ${showObject(resource, strays[0]?.params ?? {})} and answered ${answers.join(', ') || 'nothing'}`,
        );
      if (strays.length > 0) await undo(strays);
      return strays;
    })();
    try {
      return await book.looking;
    } finally {
      delete book.looking;
      wake(book);
    }
  }

  function forget(book: Book | undefined, exchange: Exchange): Exchange {
    const { request, response } = exchange;
    if (!book || !response || (response.status >= 300 && response.status !== 404)) return exchange;
    const key = keyOf(book.resource.path, paramsOf(book.resource.path, request.target));
    book.alive.delete(key);
    // A 404 may only say that it was never known by that id.
    if (response.status !== 404) nameObject(book, key, []);
    wake(book);
    return exchange;
  }

  async function sendCreate(book: Book, send: () => Promise<Exchange>): Promise<Exchange> {
    try {
      const exchange = await send();
      note(book, exchange);
      return exchange;
    } finally {
      book.underWay -= 1;
      wake(book);
    }
  }

  const watchAll = (client: Client): Client => ({
    ...client,
    async send(request, options) {
      const send = () => client.send(request, options);
      const book = bookOf(request, 'create');
      if (!book) return forget(bookOf(request, 'remove'), await send());
      book.underWay += 1;
      return sendCreate(book, send);
    },
  });

  const guardAll = (client: Client): Client => {
    const guarded: Client = {
      ...client,
      async send(request, options) {
        const send = () => client.send(request, options);
        const book = bookOf(request, 'create');
        if (!book) return forget(bookOf(request, 'remove'), await send());
        const why = await enter(book);
        return why === undefined ? sendCreate(book, send) : holdBack(request, why);
      },
    };
    unguarded.set(guarded, client);
    return guarded;
  };

  return {
    guard: guardAll,
    watch: watchAll,
    room: ({ create }) => most - (books.get(create.id)?.alive.size ?? most),
    async look(resource) {
      const book = books.get(resource.create.id);
      while (book?.kept) await book.kept;
      return book ? look(book) : [];
    },
    async alone(resource, client, work) {
      const book = books.get(resource.create.id) as Book;
      while (book.kept) await book.kept;
      const working = (async () => {
        while (book.underWay > 0) await nextChange(book);
        return work({ client: watchAll(unguarded.get(client) ?? client), look: () => look(book) });
      })();
      book.kept = working.catch(() => {});
      try {
        return await working;
      } finally {
        delete book.kept;
        wake(book);
      }
    },
    async settle() {
      await Promise.all(
        [...books.values()].map(async (book) => {
          if (book.blind === 'unlisted') return;
          if (book.answers.length > 0 || book.known.size > 0 || book.blind) await look(book);
          for (let waited = 0; book.owed > 0 && waited < LATE_MS; waited += LATE_GAP_MS) {
            await sleep(LATE_GAP_MS);
            await look(book);
          }
        }),
      );
    },
    isUnsure: () => [...books.values()].some(({ blind }) => blind === 'unseen'),
    strays: () => all,
  };
}

function holdBack(request: RequestSpec, why: string): Exchange {
  const message = `${request.method} ${request.target} was not sent: ${why}`;
  return { request, url: request.target, failure: { kind: 'held', code: 'ENOTFREE', message }, echoed: [], ms: 0 };
}
