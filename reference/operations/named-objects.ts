import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../request-body.ts';
import { type Item, type Kind, listItems, putItem, removeItem } from '../store.ts';
import { type Call, checkBody, findNamed, type Handler, timestamp } from './call.ts';

/** What tells the three kinds of named objects apart. */
export type NamedObjects = {
  kind: Kind;
  /** The path parameter that names one of them. */
  parameter: string;
  /** The stored fields that a request body gives, over those of the object that it updates; may throw a 422. */
  toFields: (body: JsonObject, before: JsonObject, call: Call) => JsonObject;
  /** The object as clients see it. */
  render: (item: Item, call: Call) => JsonObject;
};

/** Lists what the caller may see. */
export function list({ kind, render }: NamedObjects): Handler {
  return (call) => {
    const visible = listItems(call.store, kind).filter((item) => !item.hidden || call.caller === 'administrator');
    return { data: visible.map((item) => render(item, call)) };
  };
}

/** Gets one object. */
export function get({ kind, parameter, render }: NamedObjects): Handler {
  return (call) => render(findNamed(call, kind, call.params[parameter] as string), call);
}

/** Makes a new object. */
export function create({ kind, toFields, render }: NamedObjects): Handler {
  return (call) => {
    checkBody(call);
    const now = timestamp();
    const name = call.body.name as string;
    const fields = toFields(call.body, {}, call);
    const item: Item = { id: randomUUID(), name, insertedAt: now, updatedAt: now, fields };
    putItem(call.store, kind, item);
    return render(item, call);
  };
}

/** Changes the given fields of an object; a new name also reaches the objects that refer to it. */
export function update({ kind, parameter, toFields, render }: NamedObjects): Handler {
  return (call) => {
    const before = findNamed(call, kind, call.params[parameter] as string);
    checkBody(call, before);
    const name = (call.body.name as string | undefined) ?? (before.name as string);
    const fields = toFields(call.body, before.fields, call);
    const after: Item = { ...before, name, updatedAt: timestamp(), fields };
    putItem(call.store, kind, after);
    if (name !== before.name) renameReferences(call, kind, before.name as string, name);
    return render(after, call);
  };
}

/** Removes an object, unless `refuse` throws. */
export function remove(
  { kind, parameter }: NamedObjects,
  done: 'deleted' | 'success',
  refuse: (item: Item, call: Call) => void = () => {},
): Handler {
  return (call) => {
    const item = findNamed(call, kind, call.params[parameter] as string);
    refuse(item, call);
    removeItem(call.store, kind, item);
    for (const child of listItems(call.store, 'backfills', item.id)) removeItem(call.store, 'backfills', child);
    return { id: item.id, [done]: true };
  };
}

function renameReferences({ store }: Call, kind: Kind, before: string, after: string): void {
  for (const sink of listItems(store, 'sinks')) {
    const { fields } = sink;
    const destination = fields.destination as JsonObject;
    if (kind === 'postgres_databases' && fields.database === before) fields.database = after;
    if (kind === 'http_endpoints' && destination.http_endpoint === before) destination.http_endpoint = after;
  }
}
