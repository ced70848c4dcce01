import type { Parts } from '../alteration.ts';
import { mainStore } from '../mutants/meaning/rewire.ts';
import type { Call, Handler } from '../operations/call.ts';
import { findItem, type Kind, listItems, putItem } from '../store.ts';
import type { Variant } from './variant.ts';

type Shown = Record<string, unknown> & { id?: string };

/** Wraps the handlers of all operations; `start` is for each start. */
function wrapped(start: (parts: Parts) => (own: Handler) => Handler): NonNullable<Variant['parts']> {
  return (parts) => {
    const wrap = start(parts);
    return { handlers: Object.fromEntries(Object.entries(parts.handlers).map(([id, own]) => [id, wrap(own)])) };
  };
}

/** The object that a call names last. */
function named({ store, operation, params }: Call): string | undefined {
  return findItem(store, operation.tag as Kind, Object.values(params).at(-1) ?? '')?.id;
}

/** What changes by itself, or by somebody else, and by no request that was refused. */
export const EFFECTS: Variant[] = [
  {
    id: 'reads-counted',
    differs: 'each object tells how often it was asked for',
    parts: wrapped(() => {
      const counts = new Map<string, number>();
      return (own) => async (call) => {
        const shown = (await own(call)) as Shown;
        if (shown.id === undefined || call.operation.method === 'DELETE') return shown;
        counts.set(shown.id, (counts.get(shown.id) ?? 0) + 1);
        return { ...shown, reads: counts.get(shown.id) };
      };
    }),
  },
  {
    id: 'refusals-noted',
    differs: 'each object tells when it was last asked for, by requests that were refused, too',
    parts: wrapped(() => {
      const times = new Map<string, string>();
      return (own) => async (call) => {
        const id = named(call);
        if (id !== undefined && call.operation.method !== 'GET') times.set(id, new Date().toISOString());
        const shown = (await own(call)) as Shown;
        const at = times.get(shown.id ?? '') ?? null;
        return call.operation.method === 'GET' && shown.id !== undefined ? { ...shown, updated_at: at } : shown;
      };
    }),
  },
  {
    id: 'settles-later',
    differs: 'a sink is active for a tenth of a second, and then what it was asked to be',
    operation: 'updateSink',
    parts: wrapped(() => {
      const made = new Map<string, number>();
      return (own) => async (call) => {
        const shown = (await own(call)) as Shown;
        if (call.operation.tag !== 'sinks' || shown.id === undefined) return shown;
        if (call.operation.method === 'POST') made.set(shown.id, performance.now());
        const isYoung = performance.now() - (made.get(shown.id) ?? 0) < 100;
        return isYoung && 'status' in shown ? { ...shown, status: 'active' } : shown;
      };
    }),
  },
  {
    id: 'another-client-changes',
    differs: 'another client changes one object after the other',
    parts: wrapped((parts) => {
      let turn = 0;
      return (own) => (call) => {
        const items = listItems(mainStore(parts), 'http_endpoints');
        turn += 1;
        const item = items[turn % items.length];
        if (item && turn % 3 === 0)
          putItem(mainStore(parts), 'http_endpoints', { ...item, fields: { ...item.fields, headers: { turn } } });
        return own(call);
      };
    }),
  },
  {
    id: 'another-client-makes',
    differs: 'another client makes one object after the other',
    parts: wrapped((parts) => {
      let turn = 0;
      return (own) => (call) => {
        turn += 1;
        const at = new Date().toISOString();
        const id = crypto.randomUUID();
        if (turn % 5 === 0 && turn < 1000)
          putItem(mainStore(parts), 'http_endpoints', {
            id,
            name: `theirs-${turn}`,
            insertedAt: at,
            updatedAt: at,
            fields: { local: true, path: '/', headers: {}, encrypted_headers: {} },
          });
        return own(call);
      };
    }),
  },
];
