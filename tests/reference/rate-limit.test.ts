import { afterEach, describe, expect, it } from 'vitest';
import { createBucket } from '../../reference/rate-limit.ts';
import { type Reference, type ReferenceOptions, startReference } from '../../reference/server.ts';
import { CONTRACT, call, expectError } from './support.ts';

describe('a bucket', () => {
  it.each([
    [1, 200],
    [3, 0.4],
    [2, 7],
  ])('of %i with %d per second lets a request pass after the announced wait', (capacity, perSecond) => {
    let time = 0;
    const bucket = createBucket({ capacity, perSecond }, () => time);
    for (let round = 0; round < 20; round += 1) {
      while (bucket.take() === 0);
      const wait = bucket.take();
      expect(wait).toBeGreaterThanOrEqual(1);
      time += wait * 1_000;
      expect(bucket.take()).toBe(0);
      time += 13;
    }
  });

  it('never holds more than its capacity', () => {
    const bucket = createBucket({ capacity: 1, perSecond: 1 }, () => 0);
    bucket.refund();
    expect([bucket.take(), bucket.take()]).toEqual([0, 1]);
  });
});

describe('429', () => {
  let reference: Reference;
  afterEach(() => reference.close());

  async function start(options: ReferenceOptions): Promise<void> {
    reference = await startReference({ operations: CONTRACT.operations, ...options });
  }

  it('comes for any authenticated request when the bucket is empty, and ends after Retry-After', async () => {
    await start({ rateLimit: { capacity: 3, perSecond: 1 } });
    for (let sent = 0; sent < 3; sent += 1) expect((await call(reference, 'GET', '/sinks')).status).toBe(200);
    const refused = await call(reference, 'GET', '/sinks');
    expectError(refused, 429);
    expectError(await call(reference, 'POST', '/sinks', { body: '{' }), 429);
    expectError(await call(reference, 'GET', '/sinks/nothing'), 429);
    expectError(await call(reference, 'GET', '/sinks', { headers: { 'x-account': 'damaged' } }), 429);
    expect((await call(reference, 'HEAD', '/sinks')).status).toBe(429);
    expectError(await call(reference, 'GET', '/sinks', { token: null }), 401);
    expectError(await call(reference, 'GET', '/nothing'), 404);
    expect((await call(reference, 'GET', '/sinks', { token: reference.adminToken })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, Number(refused.headers.get('retry-after')) * 1_000));
    expect((await call(reference, 'GET', '/sinks')).status).toBe(200);
  });

  it('is not brought nearer by requests that are refused before any work', async () => {
    await start({ rateLimit: { capacity: 1, perSecond: 0.01 }, now: () => 0 });
    for (let sent = 0; sent < 3; sent += 1) {
      expectError(await call(reference, 'POST', '/sinks', { body: '{' }), 400);
      expectError(await call(reference, 'POST', '/sinks', { body: '{}' }), 422);
      expectError(await call(reference, 'GET', '/sinks', { headers: { 'x-reference-fault': '504' } }), 504);
    }
    expectError(await call(reference, 'GET', '/sinks/nothing'), 404);
    expectError(await call(reference, 'GET', '/sinks/nothing'), 429);
  });
});
