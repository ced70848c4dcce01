import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reference, startReference } from '../../reference/server.ts';
import type { Json, Operation } from '../../schemas/contract.ts';
import { CONTRACT, call, expectError } from './support.ts';

let reference: Reference;
beforeAll(async () => {
  reference = await startReference({ operations: CONTRACT.operations });
});
afterAll(() => reference.close());

type Made = { id: string; name: string };

async function succeed(method: string, path: string, body?: unknown, token?: string): Promise<Made & { data: Made[] }> {
  const answer = await call(reference, method, path, { ...(body !== undefined && { body }), ...(token && { token }) });
  expect(answer.status, answer.text).toBeLessThan(300);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)));
  return JSON.parse(answer.text);
}

function find(id: string): Operation {
  return CONTRACT.operations.find((operation) => operation.id === id) as Operation;
}

function examples(id: string): [string, { [name: string]: Json }][] {
  return Object.entries(find(id).body?.examples ?? {}) as [string, { [name: string]: Json }][];
}

describe('every operation works', () => {
  const resources = [
    ['/destinations/http_endpoints', 'HttpEndpoint', 'PATCH'],
    ['/postgres_databases', 'PostgresDatabase', 'PUT'],
    ['/sinks', 'Sink', 'PATCH'],
  ] as const;

  it.each(resources)('%s: create, list, get, update with each example, delete', async (path, noun, method) => {
    if (noun === 'Sink') {
      await succeed('POST', '/destinations/http_endpoints', examples('createHttpEndpoint')[0]?.[1]);
      await succeed('POST', '/postgres_databases', examples('createPostgresDatabase')[0]?.[1]);
    }
    for (const [, example] of examples(`create${noun}`)) {
      const name = `${String(example.name)}-here`;
      const created = await call(reference, 'POST', path, { body: { ...example, name } });
      expect(created.status, created.text).toBe(find(`create${noun}`).successes[0]);
      const made = JSON.parse(created.text) as Made;
      expect((await succeed('GET', path)).data.map((item) => item.name)).toContain(name);
      const got = await succeed('GET', `${path}/${name}`);
      expect((got.data ?? got) as object).toEqual(made);
      for (const [, change] of examples(`update${noun}`)) {
        const updated = await succeed(method, `${path}/${made.id}`, change);
        expect(updated).toMatchObject({ id: made.id, name: change.name ?? updated.name });
      }
      expect(await succeed('DELETE', `${path}/${made.id}`)).toMatchObject({ id: made.id });
      expectError(await call(reference, 'GET', `${path}/${made.id}`), 404);
    }
  });

  it('backfills: create, list, get, update, delete', async () => {
    const path = '/sinks/orders-sink/backfills';
    const made = await succeed('POST', path);
    expect(made).toMatchObject({ state: 'active', table: 'public.orders', sink_consumer: 'orders-sink' });
    expect((await succeed('GET', path)).data).toContainEqual(made);
    expect(await succeed('GET', `${path}/${made.id}`)).toEqual(made);
    const cancelled = await succeed('PATCH', `${path}/${made.id}`, { state: 'cancelled' });
    expect(cancelled).toMatchObject({ state: 'cancelled', canceled_at: expect.any(String) });
    expect(await succeed('DELETE', `${path}/${made.id}`)).toEqual({ id: made.id, deleted: true });
    expectError(await call(reference, 'GET', `${path}/${made.id}`), 404);
  });

  it.each(['orders-db', 'listening-db'])('tests the connection to %s and refreshes its tables', async (name) => {
    expect(await succeed('POST', `/postgres_databases/${name}/test_connection`)).toEqual({ success: true });
    expect(await succeed('POST', `/postgres_databases/${name}/refresh_tables`)).toEqual({ success: true });
  });
});

describe('the work of the operations', () => {
  it('masks secrets, also in a sink, and shows a password only when asked', async () => {
    const list = await call(reference, 'GET', '/postgres_databases');
    expect(list.text).not.toContain('seeded-password');
    const shown = await call(reference, 'GET', '/postgres_databases/orders-db?show_sensitive=true');
    expect(shown.text).toContain('"password":"seeded-password"');
    expectError(await call(reference, 'GET', '/postgres_databases/orders-db?show_sensitive=maybe'), 400);
    const destination = { type: 'redis_string', host: 'redis.example.com', port: 6379, password: 'very-secret' };
    const sink = { name: 'masked', status: 'active', source: {}, actions: [], destination, database: 'orders-db' };
    const made = await call(reference, 'POST', '/sinks', { body: sink });
    expect(made.text).toContain('"password":"**********"');
    await call(reference, 'DELETE', '/sinks/masked');
  });

  it('refuses to delete a database that a sink uses', async () => {
    const body = expectError(await call(reference, 'DELETE', '/postgres_databases/orders-db'), 422);
    expect(body.validation_errors).toEqual({ database: ['is used by a sink'] });
  });

  it('keeps references when what they refer to is renamed', async () => {
    await succeed('PUT', '/postgres_databases/orders-db', { name: 'renamed-db' });
    expect(await succeed('GET', '/sinks/orders-sink')).toMatchObject({ database: 'renamed-db' });
    await succeed('PUT', '/postgres_databases/renamed-db', { name: 'orders-db' });
  });

  it('tells a child under the wrong parent, and an id of another kind, as not found', async () => {
    const [sink] = (await succeed('GET', '/sinks')).data as [Made];
    const [backfill] = (await succeed('GET', `/sinks/${sink.id}/backfills`)).data as [Made];
    const internal = '/sinks/internal/backfills';
    expectError(await call(reference, 'GET', `${internal}/${backfill.id}`, { token: reference.adminToken }), 404);
    expectError(await call(reference, 'GET', `/postgres_databases/${sink.id}`), 404);
    expectError(await call(reference, 'GET', `/sinks/none/backfills/${backfill.id}`), 404);
  });
});

describe('hidden objects', () => {
  const hidden = CONTRACT.operations.filter((operation) => operation.path.includes('{'));

  it.each(hidden.map(({ id, method, path }) => [id, method, path]))('%s is forbidden', async (id, method, path) => {
    const filled = path.replace('{backfill_id}', 'd0000000-0000-4000-8000-000000000002').replace(/\{\w+\}/, 'internal');
    const body = examples(id)[0]?.[1];
    const { summary } = expectError(await call(reference, method, filled, { ...(body && { body }) }), 403);
    expect(summary).toContain('administrators');
  });

  it('are there for an administrator, and in no ordinary list', async () => {
    for (const path of ['/sinks', '/destinations/http_endpoints', '/postgres_databases']) {
      expect((await succeed('GET', path)).data.map((item) => item.name)).not.toContain('internal');
      const all = await succeed('GET', path, undefined, reference.adminToken);
      expect(all.data.map((item) => item.name)).toContain('internal');
      await succeed('GET', `${path}/internal`, undefined, reference.adminToken);
    }
    await succeed('GET', '/sinks/internal/backfills', undefined, reference.adminToken);
  });
});
