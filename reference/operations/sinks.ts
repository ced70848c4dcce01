import type { JsonObject } from '../request-body.ts';
import { type Item, listItems } from '../store.ts';
import type { Call, Handler } from './call.ts';
import { create, get, list, type NamedObjects, remove, update } from './named-objects.ts';
import { maskSecrets } from './secrets.ts';

const FIELDS = [
  'status',
  'database',
  'source',
  'tables',
  'actions',
  'destination',
  'enrichment',
  'filter',
  'transform',
  'routing',
  'message_grouping',
  'batch_size',
  'max_retry_count',
  'load_shedding_policy',
  'timestamp_format',
  'annotations',
];

const DEFAULTS: JsonObject = {
  tables: [],
  enrichment: 'none',
  filter: 'none',
  transform: 'none',
  routing: 'none',
  message_grouping: true,
  batch_size: 100,
  max_retry_count: null,
  load_shedding_policy: 'pause_on_full',
  timestamp_format: 'iso8601',
  annotations: {},
};

const SINKS: NamedObjects = { kind: 'sinks', parameter: 'sink_id_or_name', toFields, render };

/** The operations on sinks, by operation id. */
export const SINK_HANDLERS: Record<string, Handler> = {
  listSinks: list(SINKS),
  createSink: create(SINKS),
  getSink: get(SINKS),
  updateSink: update(SINKS),
  deleteSink: remove(SINKS, 'deleted'),
};

function toFields(body: JsonObject, before: JsonObject, call: Call): JsonObject {
  const given = Object.fromEntries(FIELDS.flatMap((name) => (Object.hasOwn(body, name) ? [[name, body[name]]] : [])));
  const fields: JsonObject = { ...before, ...given };
  const old = before.destination as JsonObject | undefined;
  const destination = given.destination as JsonObject | undefined;
  if (old === undefined || destination === undefined) return fields;
  if (old.type === destination.type) fields.destination = { ...old, ...destination };
  // What is left must be a whole sink: an update can name another type of destination without all that this one needs.
  call.check('createSink', { name: 'unchanged', ...fields });
  return fields;
}

function render({ id, name, fields }: Item, { store }: Call): JsonObject {
  const active = listItems(store, 'backfills', id).filter((backfill) => backfill.fields.state === 'active');
  const checks = [{ name: 'Sink configuration', status: 'healthy' }];
  return {
    id,
    name,
    ...DEFAULTS,
    ...fields,
    destination: maskSecrets(fields.destination as JsonObject),
    active_backfills: active.map((backfill) => backfill.id),
    health: { name: 'Consumer health', status: 'healthy', checks },
  };
}
