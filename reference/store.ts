import type { JsonObject } from './request-body.ts';

/** The kinds of objects; the same words as the tags of the contract's operations. */
export type Kind = 'sinks' | 'backfills' | 'http_endpoints' | 'postgres_databases';

/** One stored object; `hidden` ones are for administrators only, `parentId` names the sink of a backfill. */
export type Item = {
  id: string;
  /** Unique within its kind; a backfill has none. */
  name?: string;
  parentId?: string;
  hidden?: boolean;
  /** ISO 8601. */
  insertedAt: string;
  updatedAt: string;
  fields: JsonObject;
};

/** All objects of one account, by id and by name. */
export type Store = Record<Kind, { byId: Map<string, Item>; byName: Map<string, Item> }>;

/** All kinds, parents before children. */
export const KINDS: readonly Kind[] = ['postgres_databases', 'http_endpoints', 'sinks', 'backfills'];

/** A store without objects. */
export function createStore(): Store {
  const empty = () => ({ byId: new Map<string, Item>(), byName: new Map<string, Item>() });
  return { sinks: empty(), backfills: empty(), http_endpoints: empty(), postgres_databases: empty() };
}

/** Adds an object, or puts its new version in the place of the old one. */
export function putItem(store: Store, kind: Kind, item: Item): void {
  const { byId, byName } = store[kind];
  const before = byId.get(item.id);
  if (before?.name !== undefined) byName.delete(before.name);
  byId.set(item.id, item);
  if (item.name !== undefined) byName.set(item.name, item);
}

/** Removes an object. */
export function removeItem(store: Store, kind: Kind, item: Item): void {
  store[kind].byId.delete(item.id);
  if (item.name !== undefined) store[kind].byName.delete(item.name);
}

/** Finds an object by its id or by its name. */
export function findItem(store: Store, kind: Kind, idOrName: string): Item | undefined {
  const { byId, byName } = store[kind];
  return byId.get(idOrName) ?? byName.get(idOrName);
}

/** The objects of a kind in the order in which they were made; with a parent, only its children. */
export function listItems(store: Store, kind: Kind, parentId?: string): Item[] {
  const items = [...store[kind].byId.values()];
  return parentId === undefined ? items : items.filter((item) => item.parentId === parentId);
}
