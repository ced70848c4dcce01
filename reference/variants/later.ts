import type { Parts } from '../alteration.ts';
import { ApiError } from '../errors.ts';
import type { Call, Handler } from '../operations/call.ts';
import { findItem, type Kind, putItem, removeItem, type Store } from '../store.ts';
import type { Variant } from './variant.ts';

/** How long what was asked for takes until everybody sees it, in milliseconds. */
const LATER_MS = 300;

/** Wraps the handlers of all operations; `start` is for each start. */
function wrapped(start: () => (own: Handler) => Handler): NonNullable<Variant['parts']> {
  return ({ handlers }: Parts) => {
    const wrap = start();
    return { handlers: Object.fromEntries(Object.entries(handlers).map(([id, own]) => [id, wrap(own)])) };
  };
}

type Shown = { id?: string; name?: string; data?: unknown };

/** What was just made is not found for a while: by whoever reads, or by anybody. */
function lagging(lags: (call: Call) => boolean): NonNullable<Variant['parts']> {
  return wrapped(() => {
    const made = new Map<string, number>();
    const isYoung = (word = '') => performance.now() - (made.get(word) ?? Number.NEGATIVE_INFINITY) < LATER_MS;
    return (own) => async (call) => {
      if (lags(call) && Object.values(call.params).some(isYoung)) throw new ApiError(404);
      const shown = (await own(call)) as Shown;
      const { id, name, data } = shown;
      if (call.operation.method === 'POST')
        for (const word of [id, name]) if (word !== undefined) made.set(word, performance.now());
      if (!lags(call) || !Array.isArray(data)) return shown;
      return { ...shown, data: (data as Shown[]).filter((each) => !isYoung(each.id)) };
    };
  });
}

/** The same lists in another way. */
function listed(change: (list: unknown[]) => object): NonNullable<Variant['parts']> {
  return wrapped(() => (own) => async (call) => {
    const shown = (await own(call)) as Shown;
    return Array.isArray(shown.data) ? { ...shown, ...change(shown.data) } : shown;
  });
}

/** The same status in place of the usual one where a method succeeds. */
function accepted(method: string): NonNullable<Variant['answer']> {
  return (answer, asked) => (asked.method === method && answer.status === 200 ? { ...answer, status: 202 } : answer);
}

/** Objects and lists of servers with queues, replicas, caches and pages. */
export const LATER: Variant[] = [
  {
    id: 'removed-later',
    differs: 'a removal is answered 202, and carried out a little later',
    answer: accepted('DELETE'),
    parts: wrapped(() => (own) => async (call) => {
      if (call.operation.method !== 'DELETE') return own(call);
      const kind = call.operation.tag as Kind;
      const item = findItem(call.store, kind, Object.values(call.params).at(-1) ?? '');
      const shown = await own(call);
      if (item === undefined) return shown;
      putItem(call.store, kind, item);
      setTimeout(() => removeItem(call.store, kind, findItem(call.store, kind, item.id) ?? item), LATER_MS).unref();
      return shown;
    }),
  },
  {
    id: 'readable-later',
    differs: 'what was made can be read a little later, as from a replica',
    parts: lagging(({ operation }) => operation.method === 'GET'),
  },
  {
    id: 'made-later',
    differs: 'a creation is answered 202, and the object is there a little later',
    answer: accepted('POST'),
    parts: lagging(() => true),
  },
  {
    id: 'lists-cached',
    differs: 'lists come from a cache, and are up to half a second old',
    parts: wrapped(() => {
      const cache = new WeakMap<Store, Map<string, { at: number; shown: unknown }>>();
      return (own) => async (call) => {
        const { operation, params, query, caller, store } = call;
        if (operation.method !== 'GET' || !/s$/.test(operation.path)) return own(call);
        const known = cache.get(store) ?? new Map<string, { at: number; shown: unknown }>();
        cache.set(store, known);
        const key = JSON.stringify([operation.id, params, query, caller]);
        const entry = known.get(key);
        if (entry && performance.now() - entry.at < 500) return entry.shown;
        const shown = await own(call);
        known.set(key, { at: performance.now(), shown });
        return shown;
      };
    }),
  },
  {
    id: 'lists-paged',
    differs: 'lists show the newest two only, and lead to the others',
    parts: listed((data) => ({
      data: data.toReversed().slice(0, 2),
      has_more: data.length > 2,
      next_cursor: data.length > 2 ? 'eyJhZnRlciI6Mn0=' : null,
      total: data.length,
    })),
  },
];
