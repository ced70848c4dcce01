import { randomUUID } from 'node:crypto';
import { ApiError, invalid } from '../errors.ts';
import type { JsonObject } from '../request-body.ts';
import { type Item, listItems, putItem, removeItem } from '../store.ts';
import { type Call, checkBody, findNamed, type Handler, timestamp } from './call.ts';

/** The operations on backfills, by operation id. */
export const BACKFILL_HANDLERS: Record<string, Handler> = {
  listBackfills: (call) => {
    const sink = findSink(call);
    return { data: listItems(call.store, 'backfills', sink.id).map((backfill) => render(backfill, sink)) };
  },
  createBackfill: (call) => {
    const sink = findSink(call);
    checkBody(call);
    const now = timestamp();
    const table = chooseTable(call.body.table, sink);
    const fields = { state: 'active', table };
    const backfill: Item = { id: randomUUID(), parentId: sink.id, insertedAt: now, updatedAt: now, fields };
    putItem(call.store, 'backfills', backfill);
    return render(backfill, sink);
  },
  getBackfill: (call) => {
    const sink = findSink(call);
    return render(findBackfill(call, sink), sink);
  },
  updateBackfill: (call) => {
    const sink = findSink(call);
    const before = findBackfill(call, sink);
    checkBody(call);
    const now = timestamp();
    const state = call.body.state ?? before.fields.state;
    const canceledAt = state === 'cancelled' ? (before.fields.canceled_at ?? now) : null;
    const backfill = { ...before, updatedAt: now, fields: { ...before.fields, state, canceled_at: canceledAt } };
    putItem(call.store, 'backfills', backfill);
    return render(backfill, sink);
  },
  deleteBackfill: (call) => {
    const backfill = findBackfill(call, findSink(call));
    removeItem(call.store, 'backfills', backfill);
    return { id: backfill.id, deleted: true };
  },
};

function findSink(call: Call): Item {
  return findNamed(call, 'sinks', call.params.sink_id_or_name as string);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function findBackfill(call: Call, sink: Item): Item {
  // A backfill has no name: anything else in its place cannot even be looked for.
  if (!UUID.test(call.params.backfill_id as string)) throw new ApiError(400, 'The id of a backfill must be a UUID.');
  const backfill = findNamed(call, 'backfills', call.params.backfill_id as string);
  if (backfill.parentId !== sink.id) throw new ApiError(404);
  return backfill;
}

/** The table may be left out only where the sink streams a single one. */
function chooseTable(table: unknown, sink: Item): string {
  const tables = (sink.fields.source as { include_tables?: string[] | null }).include_tables ?? [];
  const chosen = typeof table === 'string' ? table.trim() : tables.length === 1 ? (tables[0] as string) : '';
  if (chosen === '') throw invalid({ table: ["can't be blank"] });
  return chosen.includes('.') ? chosen : `public.${chosen}`;
}

function render({ id, insertedAt, updatedAt, fields }: Item, sink: Item): JsonObject {
  const rows = fields.rows ?? 0;
  return {
    id,
    state: fields.state,
    table: fields.table,
    sink_consumer: sink.name,
    inserted_at: insertedAt,
    updated_at: updatedAt,
    canceled_at: fields.canceled_at ?? null,
    completed_at: fields.completed_at ?? null,
    rows_ingested_count: rows,
    rows_initial_count: rows,
    rows_processed_count: rows,
    sort_column: null,
  };
}
