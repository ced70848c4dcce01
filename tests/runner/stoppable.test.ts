import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { RequestSpec } from '../../model/exchange.ts';
import { createRunner, listOrders, type Order, RunStopped } from '../../runner/runner.ts';
import { sendPatiently } from '../../runner/send-patiently.ts';
import { makePlan, openSession, type Session, type Speed } from '../../runner/session.ts';
import { stoppable } from '../../runner/stoppable.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import { withServer } from './answers.ts';
import { withProxy } from './proxy.ts';
import { listEverything, withReference } from './support.ts';

const READ: RequestSpec = { method: 'GET', target: '/sinks', headers: [] };
const MANY = Array.from({ length: 30 }, () => READ);

/** What came of a session that was told to stop while much was waiting: when requests came since, in milliseconds, and how long all took. */
async function halt(speed: Partial<Speed>, ask: (session: Session) => Promise<unknown>[], answerMs = 0) {
  const arrivals: number[] = [];
  return withServer(
    async (_, response) => {
      arrivals.push(performance.now());
      await sleep(answerMs);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[]}');
    },
    async (target) => {
      const capabilities = {
        allow: ['read' as const],
        tokenInUrl: false,
        admin: false,
        profile: loadTarget('reference'),
      };
      const open = openSession(makePlan(CONTRACT, capabilities, ['contract']), target, {
        timeoutMs: 5000,
        concurrency: 4,
        ...speed,
      });
      const { session, idle } = stoppable(open);
      const asked = Promise.allSettled(ask(session));
      await sleep(100);
      const stoppedAt = performance.now();
      open.halt.abort(new RunStopped('enough'));
      const results = await asked;
      await idle();
      const ms = performance.now() - stoppedAt;
      const late = arrivals.filter((at) => at > stoppedAt + 50).length;
      const reasons = new Set(results.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : [])));
      const removed = await open.client.send(READ);
      return { late, ms, reasons: [...reasons], removed: removed.response?.status };
    },
  );
}

const STOPPED = { late: 0, reasons: ['RunStopped: enough'], removed: 200 };

describe('what waits when a run is told to stop is not sent any more', () => {
  test('for a slot', async () => {
    const { ms, ...rest } = await halt({}, ({ client }) => MANY.map((each) => client.send(each)), 300);
    expect(rest).toEqual(STOPPED);
    expect(ms).toBeLessThan(1000);
  });

  test('for the pace, which it leaves to what puts the target back', async () => {
    const speed = { maxRps: 2, burstConcurrency: 30 };
    const { ms, ...rest } = await halt(speed, ({ burstClient }) => MANY.map((each) => burstClient.send(each)));
    expect(rest).toEqual(STOPPED);
    expect(ms).toBeLessThan(500);
  });

  test('for a limit', async () => {
    const { ms, ...rest } = await halt({}, (session) => {
      session.patience.slowDown(5000, performance.now());
      return MANY.map((request) => sendPatiently(session, { request, danger: 'read' }));
    });
    expect(rest).toMatchObject({ late: 0, reasons: STOPPED.reasons });
    expect(ms).toBeLessThan(500);
  });

  test('for what the gate asks first', async () => {
    const { ms, ...rest } = await halt({}, (session) => {
      session.patience.slowDown(5000, performance.now());
      const madeUp = randomUUID();
      const target = `/sinks/${madeUp}`;
      session.gate.trust(madeUp);
      return [session.client.send({ method: 'DELETE', target, headers: [] })];
    });
    expect(rest).toMatchObject({ late: 0, reasons: STOPPED.reasons });
    expect(ms).toBeLessThan(500);
  });

  test('until something has changed', async () => {
    const { ms, reasons } = await halt({}, (session) => [session.pause(60_000)]);
    expect(reasons).toEqual(STOPPED.reasons);
    expect(ms).toBeLessThan(500);
  });
});

describe('a run that is told to stop', () => {
  test('in the middle of its burst, at a slow pace, has removed what it made within removals by pace', async () => {
    await withReference({}, (reference) =>
      withProxy(reference, {}, async (proxy) => {
        const before = await listEverything(reference);
        const profile = loadTarget('reference');
        const capabilities = {
          allow: ['read', 'reject', 'write', 'load'] as const,
          tokenInUrl: false,
          admin: true,
          profile,
        };
        const plan = makePlan(CONTRACT, { ...capabilities, allow: [...capabilities.allow] }, ['contract']);
        const session = openSession(plan, proxy, { timeoutMs: 5000, concurrency: 4, maxRps: 40 });
        const runner = createRunner(session, { url: proxy.url, id: 'test000000' });
        const orders: Order[] = listOrders(session.cells.filter(({ status }) => status === 429));
        runner.begin(orders);
        await expect.poll(() => proxy.passed.length, { timeout: 30_000 }).toBeGreaterThan(120);
        const made = runner.left();
        runner.stop('enough');
        const stoppedAt = performance.now();
        await runner.close();
        const removals = proxy.passed.filter(({ at }) => at > stoppedAt + 100);
        expect(performance.now() - stoppedAt).toBeLessThan((removals.length / 40) * 1000 + 5000);
        expect(removals.every(({ method }) => ['GET', 'DELETE'].includes(method))).toBe(true);
        expect(made.length).toBeGreaterThan(0);
        expect(made[0]).toMatch(/^\/\S+ may be there: curl .* -X DELETE .*\$API_TOKEN/);
        expect(runner.left()).toEqual([]);
        expect(await listEverything(reference)).toEqual(before);
      }),
    );
  });
});
