import { ApiError } from '../../errors.ts';
import { findItem, KINDS } from '../../store.ts';
import type { Seeded } from '../mutant.ts';
import { lost } from './objects.ts';
import { handling } from './rewire.ts';

/** Defects of what can be found below a parent. */
export const CHILDREN: Seeded[] = [
  {
    id: 'meaning-400-malformed-child',
    breaks: 'what is no id is looked for like one, and not found',
    where: { operation: 'getBackfill', status: 400 },
    trips: ['answer-preferred'],
    parts: handling('getBackfill', (call, own) => {
      if ((call.params.backfill_id ?? '').length !== 36) throw new ApiError(404);
      return own(call);
    }),
  },
  lost(
    'getBackfill',
    'unknown-child',
    'any child of a parent that exists is found',
    handling('getBackfill', (call, own) => {
      const id = call.params.backfill_id ?? '';
      const hasParent = findItem(call.store, 'sinks', call.params.sink_id_or_name ?? '') !== undefined;
      // What is no id at all is refused as ever.
      const isUnknown = id.length === 36 && !findItem(call.store, 'backfills', id);
      return hasParent && isUnknown ? { id, state: 'completed' } : own(call);
    }),
  ),
  lost(
    'getBackfill',
    'any-parent',
    'a child is found under a parent that does not exist',
    handling('getBackfill', (call, own) => {
      const child = findItem(call.store, 'backfills', call.params.backfill_id ?? '');
      const hasParent = findItem(call.store, 'sinks', call.params.sink_id_or_name ?? '') !== undefined;
      const params = { ...call.params, sink_id_or_name: child?.parentId ?? '' };
      return child && !hasParent ? own({ ...call, params }) : own(call);
    }),
  ),
  lost(
    'getBackfill',
    'other-parent',
    'a child is found under another real parent',
    handling('getBackfill', (call, own) => {
      const child = findItem(call.store, 'backfills', call.params.backfill_id ?? '');
      const parent = findItem(call.store, 'sinks', call.params.sink_id_or_name ?? '');
      const isStrange = child !== undefined && parent !== undefined && !parent.hidden && parent.id !== child.parentId;
      return own(isStrange ? { ...call, params: { ...call.params, sink_id_or_name: child.parentId ?? '' } } : call);
    }),
  ),
  lost(
    'listBackfills',
    'unknown-parent-empty',
    'a parent that does not exist has an empty list',
    handling('listBackfills', (call, own) =>
      findItem(call.store, 'sinks', call.params.sink_id_or_name ?? '') ? own(call) : { data: [] },
    ),
  ),
  lost(
    'getBackfill',
    'other-type',
    'the id of an object of another type is accepted',
    handling('getBackfill', (call, own) => {
      const id = call.params.backfill_id ?? '';
      const others = KINDS.filter((kind) => kind !== 'backfills');
      return others.some((kind) => call.store[kind].byId.has(id)) ? { id, state: 'completed' } : own(call);
    }),
  ),
];
