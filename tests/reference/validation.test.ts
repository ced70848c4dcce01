import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reference, startReference } from '../../reference/server.ts';
import { CONTRACT, call, expectError } from './support.ts';

let reference: Reference;
beforeAll(async () => {
  reference = await startReference({ operations: CONTRACT.operations });
});
afterAll(() => reference.close());

async function refuse(method: string, path: string, body: unknown): Promise<Record<string, string[]>> {
  return expectError(await call(reference, method, path, { body }), 422).validation_errors as Record<string, string[]>;
}

const SINK = { name: 'new-sink', status: 'active', source: {}, actions: ['insert'], database: 'orders-db' };
const KAFKA = { type: 'kafka', hosts: 'kafka.example.com:9092', topic: 'orders' };
const SLOT = { publication_name: 'pub', slot_name: 'slot' };

describe('422 names the field by its dotted path', () => {
  it('of what is missing, blank, of the wrong type, or out of range', async () => {
    const sink = { ...SINK, name: '', status: 'broken', batch_size: 0, max_retry_count: 'x', destination: KAFKA };
    expect(await refuse('POST', '/sinks', { ...sink, database: undefined })).toEqual({
      name: ["can't be blank"],
      status: ['must be one of: active, disabled, paused'],
      batch_size: ['must be at least 1'],
      max_retry_count: ['is invalid'],
      database: ["can't be blank"],
    });
  });

  it('of the variant that the discriminator names, and only of that one', async () => {
    expect(await refuse('POST', '/sinks', { ...SINK, destination: { type: 'kafka', hosts: 1 } })).toEqual({
      'destination.hosts': ['is invalid'],
      'destination.topic': ["can't be blank"],
    });
  });

  it.each([
    [{ type: 'pigeon' }, 'destination.type', /^must be one of: kafka, .*webhook$/],
    [{ hosts: 'x' }, 'destination.type', /^can't be blank$/],
    [{ type: null }, 'destination.type', /^can't be blank$/],
    [{ type: 5 }, 'destination.type', /^must be one of|is invalid/],
    ['kafka', 'destination', /^is invalid$/],
    [null, 'destination', /^can't be blank$/],
  ])('of a destination %j', async (destination, field, reason) => {
    const errors = await refuse('POST', '/sinks', { ...SINK, destination });
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field]?.[0]).toMatch(reason);
  });

  it('of the kind of endpoint that the body hints at', async () => {
    const refuseEndpoint = (body: object) => refuse('POST', '/destinations/http_endpoints', { name: 'e', ...body });
    expect(await refuseEndpoint({ url: '' })).toEqual({ url: ["can't be blank"] });
    expect(await refuseEndpoint({ 'webhook.site': false })).toEqual({ 'webhook.site': ['must be true'] });
    expect(await refuseEndpoint({ local: true })).toEqual({ path: ["can't be blank"] });
    expect(await refuseEndpoint({ path: '/x' })).toEqual({ local: ["can't be blank"] });
    expect(Object.keys(await refuseEndpoint({}))).toEqual(['url', 'webhook.site']);
  });

  it('inside lists', async () => {
    const database = { name: 'd', url: 'postgresql://u:p@db.example.com/x' };
    const errors = await refuse('POST', '/postgres_databases', { ...database, replication_slots: [{ slot_name: 1 }] });
    expect(errors).toEqual({
      'replication_slots.0.publication_name': ["can't be blank"],
      'replication_slots.0.slot_name': ['is invalid'],
    });
    expect(await refuse('POST', '/postgres_databases', { ...database, replication_slots: [] })).toEqual({
      replication_slots: ['must have at least 1 item(s)'],
    });
  });

  it('of a URL that names no database', async () => {
    const body = { name: 'd', url: 'https://example.com', replication_slots: [SLOT] };
    expect(await refuse('POST', '/postgres_databases', body)).toEqual({ url: ['is invalid'] });
  });

  it('of a backfill without a table on a sink with many', async () => {
    const made = await call(reference, 'POST', '/sinks', { body: { ...SINK, name: 'wide', destination: KAFKA } });
    expect(made.status).toBe(200);
    expectError(await call(reference, 'POST', '/sinks/wide/backfills'), 422);
    expect(await refuse('POST', '/sinks/wide/backfills', { table: 5 })).toEqual({ table: ['is invalid'] });
  });
});

describe('422 for what only the store knows', () => {
  it('a name that is taken, on create and on update, but not by the object itself', async () => {
    const taken = { name: ['has already been taken'] };
    expect(await refuse('POST', '/sinks', { ...SINK, name: 'orders-sink', destination: KAFKA })).toEqual(taken);
    expect(await refuse('PUT', '/postgres_databases/silent-db', { name: 'orders-db' })).toEqual(taken);
    expect(await refuse('PATCH', '/destinations/http_endpoints/orders-endpoint', { name: 'internal' })).toEqual(taken);
    const same = await call(reference, 'PATCH', '/sinks/orders-sink', { body: { name: 'orders-sink' } });
    expect(same.status).toBe(200);
  });

  it('a reference to what does not exist, or is hidden', async () => {
    const webhook = { type: 'webhook', http_endpoint: 'none', http_endpoint_path: '/' };
    expect(await refuse('POST', '/sinks', { ...SINK, database: 'internal', destination: webhook })).toEqual({
      database: ['does not exist'],
      'destination.http_endpoint': ['does not exist'],
    });
  });

  it('an update to another type of destination that lacks fields', async () => {
    const errors = await refuse('PATCH', '/sinks/orders-sink', { destination: { type: 'kafka' } });
    expect(errors).toEqual({ 'destination.hosts': ["can't be blank"], 'destination.topic': ["can't be blank"] });
  });

  it('a database that refuses the connection, or is beyond this machine', async () => {
    for (const work of ['test_connection', 'refresh_tables']) {
      const refused = expectError(await call(reference, 'POST', `/postgres_databases/refusing-db/${work}`), 422);
      expect(JSON.stringify(refused.validation_errors)).toContain('connection refused');
    }
    const parts = { hostname: 'db.example.com', database: 'd', username: 'u', password: 'p' };
    const body = { name: 'far', ...parts, replication_slots: [SLOT] };
    expect((await call(reference, 'POST', '/postgres_databases', { body })).status).toBe(201);
    const far = expectError(await call(reference, 'POST', '/postgres_databases/far/test_connection'), 422);
    expect(far.validation_errors).toEqual({ hostname: ['is not reachable from this server'] });
  });
});

it('survives names that mean something to JavaScript', async () => {
  const body = '{"__proto__": {"name": "x"}, "constructor": 1, "toString": null, "name": 7}';
  const answer = await call(reference, 'POST', '/sinks', { body });
  expect(expectError(answer, 422).validation_errors).toHaveProperty('name', ['is invalid']);
});
