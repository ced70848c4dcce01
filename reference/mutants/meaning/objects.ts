import { errorsAt } from '../../altering.ts';
import type { Caller } from '../../authentication.ts';
import { findItem, putItem } from '../../store.ts';
import type { Seeded } from '../mutant.ts';
import { handling, type Rewire } from './rewire.ts';

/** A defect of 404 at one operation. */
export function lost(operation: string, id: string, breaks: string, parts: Rewire): Seeded {
  return { id: `meaning-404-${id}`, breaks, where: { operation, status: 404 }, trips: ['meaning-404'], parts };
}

const isUuid = (text = '') => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Removes nothing, and says that it has. */
const keepDeleted = handling('deleteHttpEndpoint', (call, own) => {
  const item = findItem(call.store, 'http_endpoints', call.params.endpoint_id_or_name ?? '');
  const answer = own(call);
  if (item) putItem(call.store, 'http_endpoints', item);
  return answer;
});

/** Defects of what can be found. */
export const OBJECTS: Seeded[] = [
  {
    id: 'meaning-404-deleted-stays',
    breaks: 'a deletion is confirmed and does nothing',
    where: { status: 404 },
    trips: ['meaning-404'],
    parts: keepDeleted,
  },
  {
    id: 'meaning-404-deleted-unlisted',
    breaks: 'a deleted object is missing from the list only',
    where: { status: 404 },
    trips: ['meaning-404'],
    parts: (parts) => {
      const gone = new Set<unknown>();
      const kept = { ...parts, ...keepDeleted(parts) };
      const deleting = handling('deleteHttpEndpoint', (call, own) => {
        const answer = own(call) as { id: string };
        gone.add(answer.id);
        return answer;
      })(kept);
      return handling('listHttpEndpoints', (call, own) => {
        const { data } = own(call) as { data: { id: string }[] };
        return { data: data.filter(({ id }) => !gone.has(id)) };
      })({ ...kept, ...deleting });
    },
  },
  lost('getHttpEndpoint', 'deleted-cached', 'a read answers out of a cache that forgets nothing', (parts) => {
    const cache: Record<Caller, Map<string, unknown>> = { ordinary: new Map(), administrator: new Map() };
    return handling('getHttpEndpoint', (call, own) => {
      const name = call.params.endpoint_id_or_name ?? '';
      const answer = cache[call.caller].get(name) ?? own(call);
      cache[call.caller].set(name, answer);
      return answer;
    })(parts);
  }),
  lost(
    'deleteHttpEndpoint',
    'delete-of-nothing',
    'a deletion of what does not exist succeeds',
    handling('deleteHttpEndpoint', (call, own) => {
      const id = call.params.endpoint_id_or_name ?? '';
      return findItem(call.store, 'http_endpoints', id) ? own(call) : { id, deleted: true };
    }),
  ),
  lost(
    'updateHttpEndpoint',
    'change-of-nothing',
    'a change of what does not exist succeeds',
    handling('updateHttpEndpoint', (call, own) => {
      const id = call.params.endpoint_id_or_name ?? '';
      return findItem(call.store, 'http_endpoints', id) ? own(call) : { id, ...call.body };
    }),
  ),
  lost(
    'getPostgresDatabase',
    'name-fails',
    'a name that is no id and that no object has is answered 500',
    handling('getPostgresDatabase', (call, own) => {
      const name = call.params.id_or_name;
      if (isUuid(name) || findItem(call.store, 'postgres_databases', name ?? '')) return own(call);
      throw new Error('The name cannot be cast to an id.');
    }),
  ),
  {
    id: 'meaning-404-head',
    breaks: 'HEAD is answered before anybody looks for the object',
    trips: ['meaning-404'],
    ...errorsAt(
      { operation: 'getHttpEndpoint', status: 404 },
      ({ headers }) => ({ status: 200, headers, body: '' }),
      ({ method }) => method === 'HEAD',
    ),
  },
];
