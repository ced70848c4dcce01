import type { JsonObject } from './request-body.ts';
import type { Item, Kind } from './store.ts';
import type { Address } from './upstreams.ts';

/** The upstreams that the seeded databases point at. */
export type SeedAddresses = { listening: Address; silent: Address; refusing: Address };

/** Path of an object that the ordinary token may not see, relative to the base URL. */
export const RESTRICTED_PATH = '/sinks/internal';

const SEEDED_AT = '2026-01-01T00:00:00Z';
const WHOLE_DATABASE = { include_schemas: null, exclude_schemas: null, include_tables: null, exclude_tables: null };

/** The objects that the default account has from the start; ids never change, so that they can be named in data. */
export function seedObjects(addresses: SeedAddresses): Record<Kind, Item[]> {
  return {
    postgres_databases: [
      database(1, 'orders-db', addresses.listening),
      { ...database(2, 'internal', addresses.listening), hidden: true },
      database(3, 'listening-db', addresses.listening),
      database(4, 'silent-db', addresses.silent),
      database(5, 'refusing-db', addresses.refusing),
    ],
    http_endpoints: [endpoint(1, 'orders-endpoint'), { ...endpoint(2, 'internal'), hidden: true }],
    sinks: [
      sink(1, 'orders-sink', 'orders-db', 'orders-endpoint'),
      { ...sink(2, 'internal', 'internal', 'internal'), hidden: true },
    ],
    backfills: [backfill(1, 1), backfill(2, 2)],
  };
}

function item(id: string, name: string, fields: JsonObject): Item {
  return { id, name, insertedAt: SEEDED_AT, updatedAt: SEEDED_AT, fields };
}

function seedId(group: 'a' | 'b' | 'c' | 'd', number: number): string {
  return `${group}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function database(number: number, name: string, { host, port }: Address): Item {
  return item(seedId('a', number), name, {
    hostname: host,
    port,
    database: 'orders',
    username: 'reader',
    password: 'seeded-password',
    ssl: false,
    ipv6: false,
    replication_slots: [
      { id: seedId('d', 100 + number), publication_name: 'orders_pub', slot_name: 'orders_slot', status: 'active' },
    ],
  });
}

function endpoint(number: number, name: string): Item {
  const url = `https://hooks.example.com/${name}`;
  return item(seedId('b', number), name, { url, headers: {}, encrypted_headers: {} });
}

function sink(number: number, name: string, databaseName: string, endpointName: string): Item {
  return item(seedId('c', number), name, {
    status: 'active',
    database: databaseName,
    // A single table, so that a backfill can be started without naming one.
    source: { ...WHOLE_DATABASE, include_tables: ['public.orders'] },
    actions: ['insert', 'update', 'delete'],
    destination: { type: 'webhook', http_endpoint: endpointName, http_endpoint_path: '/changes', batch: true },
  });
}

function backfill(number: number, sinkNumber: number): Item {
  return {
    id: seedId('d', number),
    parentId: seedId('c', sinkNumber),
    insertedAt: SEEDED_AT,
    updatedAt: SEEDED_AT,
    fields: { state: 'completed', table: 'public.orders', completed_at: SEEDED_AT, rows: 3 },
  };
}
