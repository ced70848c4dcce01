import { randomUUID } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { ApiError, invalid } from '../errors.ts';
import type { JsonObject } from '../request-body.ts';
import { type Item, listItems } from '../store.ts';
import { askUpstream } from '../upstreams.ts';
import { type Call, findNamed, type Handler } from './call.ts';
import { create, get, list, type NamedObjects, remove, update } from './named-objects.ts';
import { maskSecrets } from './secrets.ts';

const DATABASES: NamedObjects = { kind: 'postgres_databases', parameter: 'id_or_name', toFields, render };

/** The operations on Postgres databases, by operation id. */
export const POSTGRES_DATABASE_HANDLERS: Record<string, Handler> = {
  listPostgresDatabases: showing(list(DATABASES)),
  createPostgresDatabase: create(DATABASES),
  // Documented inside `data`, unlike every other single object.
  getPostgresDatabase: showing((call) => ({ data: get(DATABASES)(call) })),
  updatePostgresDatabase: update(DATABASES),
  deletePostgresDatabase: remove(DATABASES, 'success', refuseWhileUsed),
  testPostgresConnection: reachDatabase,
  refreshPostgresTables: reachDatabase,
};

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

// PostgreSQL protocol §55.7 SSLRequest: any server answers it with one byte, before it wants to know who asks.
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Connects to the database for real, but never beyond this machine, whatever address a client has stored. */
async function reachDatabase(call: Call): Promise<JsonObject> {
  const { fields } = findNamed(call, 'postgres_databases', call.params.id_or_name as string);
  const hostname = fields.hostname as string;
  const host = hostname === 'localhost' ? '127.0.0.1' : hostname;
  if (!isIP(host) || !LOOPBACK.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')) {
    throw invalid({ hostname: ['is not reachable from this server'] });
  }
  const address = { host, port: fields.port as number };
  const { outcome } = await askUpstream(address, SSL_REQUEST, call.upstreamTimeoutMs);
  if (outcome === 'timeout') throw new ApiError(504);
  if (outcome === 'refused') throw invalid({ hostname: ['could not be connected to: connection refused'] });
  if (outcome === 'closed') throw invalid({ hostname: ['could not be connected to: connection closed'] });
  return { success: true };
}

function refuseWhileUsed(item: Item, { store }: Call): void {
  if (!listItems(store, 'sinks').some((sink) => sink.fields.database === item.name)) return;
  throw invalid({ database: ['is used by a sink'] }, 'Cannot delete a database that is used by sinks.');
}

/** Refuses a `show_sensitive` that is no boolean: no body, no 422, so it is a malformed request. */
function showing(handler: Handler): Handler {
  return (call) => {
    const value = call.query.show_sensitive;
    if (value === undefined || value === 'true' || value === 'false') return handler(call);
    throw new ApiError(400, 'The query parameter show_sensitive must be true or false.');
  };
}

function toFields(body: JsonObject, before: JsonObject): JsonObject {
  const all: JsonObject = { ...before, ...body, ...parseUrl(body.url) };
  const old = before.primary as JsonObject | null | undefined;
  const primary = body.primary as JsonObject | null | undefined;
  return {
    hostname: all.hostname,
    port: all.port ?? 5432,
    database: all.database,
    username: all.username,
    password: all.password,
    ssl: all.ssl ?? true,
    ipv6: all.ipv6 ?? false,
    primary: primary ? { ...old, ...primary } : primary === null ? null : (old ?? null),
    annotations: all.annotations ?? {},
    replication_slots: toSlots(body.replication_slots, before.replication_slots),
  };
}

/** A database has one slot, so an update can only mean that one; the slot keeps its id, whatever id the body names. */
function toSlots(given: unknown, before: unknown): JsonObject[] {
  const [old] = (before ?? [{ id: randomUUID(), status: 'active' }]) as [JsonObject];
  const [slot = {}] = (given ?? []) as JsonObject[];
  const pick = (name: string) => slot[name] ?? old[name];
  const [publication_name, slot_name, status] = ['publication_name', 'slot_name', 'status'].map(pick);
  return [{ id: old.id, publication_name, slot_name, status }];
}

function parseUrl(url: unknown): JsonObject {
  if (typeof url !== 'string') return {};
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const database = parsed?.pathname.slice(1);
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol) || !parsed.hostname || !database) {
    throw invalid({ url: ['is invalid'] });
  }
  const { username, password } = parsed;
  return { hostname: parsed.hostname, port: Number(parsed.port || 5432), database, username, password };
}

function render({ id, name, fields }: Item, { query }: Call): JsonObject {
  const { primary, ...own } = fields;
  const shown = query.show_sensitive === 'true' ? own : maskSecrets(own);
  return {
    id,
    name,
    ...shown,
    ...(primary ? { primary: maskSecrets(primary as JsonObject) } : {}),
    use_local_tunnel: false,
    pool_size: 10,
    queue_interval: 1000,
    queue_target: 50,
  };
}
