import { describe, expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { RequestSpec } from '../../model/exchange.ts';
import { DANGERS, type Danger } from '../../plan/case.ts';
import { withUnmatchedRoute } from '../../provocations/unmatched-route.ts';
import type { Alteration } from '../../reference/alteration.ts';
import type { Answer } from '../../reference/message-bytes.ts';
import type { Reference } from '../../reference/server.ts';
import { createRunner, FIRST, listOrders, type Order, type Runner, RunStopped } from '../../runner/runner.ts';
import { makePlan, openSession, type Session } from '../../runner/session.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import { RATE_LIMIT } from '../../selfcheck/trial.ts';
import { listEverything, withReference } from './support.ts';

const CONCURRENCY = 4;

/** What was sent, in order, and when it was answered. */
type Sent = { request: RequestSpec; under: number; isUrgent: boolean };

type Set = { runner: Runner; session: Session; sent: Sent[]; reference: Reference };

/** A runner on a fresh reference, for the time that `work` takes. */
async function withRunner(
  work: (set: Set) => Promise<void>,
  { allow = ['read', 'reject', 'write'] as Danger[], mostFailures = 0, alteration = {} as Alteration } = {},
): Promise<void> {
  await withReference({ rateLimit: RATE_LIMIT, alteration }, async (reference) => {
    const profile = { ...loadTarget('reference') };
    const capabilities = { allow, tokenInUrl: true, admin: true, profile };
    const plan = makePlan(withUnmatchedRoute(CONTRACT), capabilities, ['contract']);
    const session = openSession(plan, reference, { timeoutMs: 5000, concurrency: CONCURRENCY });
    const sent: Sent[] = [];
    let under = 0;
    const watch = (client: Session['client']): Session['client'] => ({
      ...client,
      send: async (request, options) => {
        under += 1;
        sent.push({ request, under, isUrgent: options?.isUrgent === true });
        return client.send(request, options).finally(() => {
          under -= 1;
        });
      },
    });
    const watched = { ...session, client: watch(session.client), burstClient: watch(session.burstClient) };
    const runner = createRunner(watched, { url: reference.url, id: 'test000000', mostFailures });
    const before = await listEverything(reference);
    try {
      await work({ runner, session, sent, reference });
    } finally {
      await runner.close();
    }
    expect(await listEverything(reference)).toEqual(before);
  });
}

/** A valid change of an object, as only a control of the last two stages makes it. */
const isControl = ({ method, headers }: RequestSpec) =>
  (method === 'PUT' || method === 'PATCH') && headers.some(isCredential);
const isCredential = ([name, value]: [string, string]) => name === 'Authorization' && value === 'Bearer {{token}}';

const first = (...cells: string[]): Order[] => cells.map((cell) => ({ cell, attempt: FIRST }));
const paths = (sent: readonly Sent[]) =>
  [...new Set(sent.map(({ request }) => request.target.split(/[/?]/)[1]))].sort();

describe('what was selected', () => {
  test('is carried out ahead of those who ask', async () => {
    await withRunner(async ({ runner, sent }) => {
      await runner.open();
      const orders = first('getHttpEndpoint 404', 'listHttpEndpoints 401');
      runner.begin(orders);
      await expect.poll(() => sent.length).toBeGreaterThan(20);
      const [one, two] = await Promise.all(orders.map((order) => runner.carryOut(order)));
      const count = sent.length;
      expect([one?.record.outcome, two?.record.outcome]).toEqual(['pass', 'pass']);
      await runner.carryOut(orders[0] as Order);
      expect(sent.length).toBe(count);
    });
  });

  test('is all that is sent: no object is made that it does not need, and no control of another cell', async () => {
    await withRunner(async ({ runner, sent }) => {
      runner.begin(first('getHttpEndpoint 401'));
      await runner.carryOut({ cell: 'getHttpEndpoint 401', attempt: FIRST });
      // The sweep looks at every list.
      const made = sent.filter(({ request }) => request.method === 'POST');
      expect(paths(made)).toEqual(['destinations']);
      expect(made).toHaveLength(3);
      expect(sent.filter(({ request }) => request.method === 'PATCH')).toEqual([]);
    });
  });

  test('runs as soon as its own controls are there, and what may change an object when all are', async () => {
    await withRunner(async ({ runner, session, sent }) => {
      const orders = listOrders(session.cells);
      runner.begin(orders);
      await Promise.all(orders.map((order) => runner.carryOut(order)));
      const last = sent.findLastIndex(({ isUrgent, request }) => isUrgent && isControl(request));
      const without = (method: string) =>
        sent.findIndex(
          ({ isUrgent, request }) => !isUrgent && request.method === method && !request.headers.some(isCredential),
        );
      for (const method of ['GET', 'POST']) expect(without(method), method).toBeLessThan(last);
      for (const method of ['PUT', 'PATCH', 'DELETE']) expect(without(method), method).toBeGreaterThan(last);
    });
  });

  test('goes out with the whole concurrency, and never with more', async () => {
    await withRunner(async ({ runner, session, sent }) => {
      const orders = listOrders(session.cells.filter(({ status }) => status === 401));
      runner.begin(orders);
      await Promise.all(orders.map((order) => runner.carryOut(order)));
      expect(Math.max(...sent.map(({ under }) => under))).toBeGreaterThan(CONCURRENCY);
    });
  });
});

describe('the burst', () => {
  test('leads one operation to the limit, and the others only show that it is theirs', async () => {
    await withRunner(
      async ({ runner, session, sent }) => {
        const orders = listOrders(session.cells.filter(({ status }) => status === 429));
        runner.begin(orders);
        const outcomes = await Promise.all(orders.map((order) => runner.carryOut(order)));
        expect(outcomes.map(({ record }) => record.outcome)).toEqual(orders.map(() => 'pass'));
        // What regains a place in the bucket meanwhile makes it more than the limit and four for each.
        expect(sent.length).toBeLessThan(2 * (RATE_LIMIT.capacity + 4 * orders.length));
      },
      { allow: [...DANGERS] },
    );
  });
});

describe('without a selection', () => {
  test('what needs to be alone waits until all else that was asked for is done', async () => {
    await withRunner(
      async ({ runner, sent }) => {
        const ended: string[] = [];
        const ask = async (cell: string) => {
          await runner.carryOut({ cell, attempt: FIRST });
          ended.push(cell);
        };
        await Promise.all(['getSink 429', 'getSink 404', 'listSinks 401', 'createSink 401'].map(ask));
        expect(ended.at(-1)).toBe('getSink 429');
        expect(ended).toHaveLength(4);
        expect(runner.isAhead()).toBe(false);
        // Nothing of another cell in the middle of the burst.
        const targets = sent.map(({ request }) => request.headers.find(([name]) => name === 'Authorization')?.[1]);
        expect(targets.lastIndexOf('Bearer ecc-no-such-token')).toBeLessThan(sent.length - 100);
      },
      { allow: [...DANGERS] },
    );
  });

  test('an object that one cell removes has first served those that come later', async () => {
    await withRunner(async ({ runner }) => {
      const ask = async (cell: string) => (await runner.carryOut({ cell, attempt: FIRST })).record;
      expect(await ask('deleteHttpEndpoint 401')).toMatchObject({ outcome: 'pass' });
      expect(await ask('getHttpEndpoint 404')).toMatchObject({ outcome: 'pass', counts: { error: 0, untestable: 0 } });
    });
  });
});

test('a cell that is asked for again is provoked again', async () => {
  await withRunner(async ({ runner, sent }) => {
    await runner.carryOut({ cell: 'listSinks 401', attempt: '0.0' });
    const count = sent.length;
    await runner.carryOut({ cell: 'listSinks 401', attempt: '0.0' });
    expect(sent.length).toBe(count);
    const again = await runner.carryOut({ cell: 'listSinks 401', attempt: '0.1' });
    expect(again.record.outcome).toBe('pass');
    // Whether the right token is taken is asked for once more: where it is not, the 401 would be no news.
    expect(sent.length).toBe(count + again.exchanges + 1);
  });
});

describe('a run that is stopped', () => {
  test('sends nothing more but what removes its objects, and says why to whoever asks', async () => {
    await withRunner(async ({ runner, session, sent }) => {
      const orders = listOrders(session.cells);
      runner.begin(orders);
      await expect.poll(() => sent.length, { timeout: 20_000 }).toBeGreaterThan(300);
      runner.stop('the run was interrupted');
      const count = sent.length;
      const last = runner.carryOut(orders.at(-1) as Order);
      await expect(last).rejects.toThrow(RunStopped);
      await expect(last).rejects.toThrow('the run was interrupted');
      await runner.close();
      expect(sent.slice(count).map(({ request }) => request.method)).toEqual(
        sent.slice(count).map(() => expect.stringMatching(/DELETE|GET/)),
      );
    });
  });

  test('is stopped by so many failures, within one concurrency', async () => {
    const deny = {
      answer: (answer: Answer) => ({ ...answer, status: answer.status === 401 ? 418 : answer.status }),
    } satisfies Alteration;
    await withRunner(
      async ({ runner, session, sent }) => {
        const orders = listOrders(session.cells);
        runner.begin(orders);
        const counts: number[] = [];
        const results = await Promise.allSettled(
          orders.map(async (order) => {
            const { record } = await runner.carryOut(order);
            if (record.outcome === 'fail') counts.push(sent.length);
          }),
        );
        expect(counts.length).toBeGreaterThan(0);
        expect(sent.length - (counts[0] ?? 0)).toBeLessThanOrEqual(CONCURRENCY);
        expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(50);
      },
      { mostFailures: 1, alteration: deny },
    );
  });

  test('because its ground cannot be laid: one sentence, once, and no cell has an outcome', async () => {
    await withReference({}, async (reference) => {
      const capabilities = {
        allow: ['read' as const],
        tokenInUrl: true,
        admin: true,
        profile: loadTarget('reference'),
      };
      const session = openSession(makePlan(CONTRACT, capabilities, ['contract']), reference, {
        timeoutMs: 5000,
        concurrency: 1,
      });
      const client = { ...session.client, send: () => Promise.reject(new Error('The ground is not there.')) };
      const runner = createRunner({ ...session, client }, { url: reference.url, id: 'test000000' });
      runner.begin(first('listSinks 401', 'getSink 404'));
      await expect(runner.carryOut(first('getSink 404')[0] as Order)).rejects.toThrow('The ground is not there.');
      expect(await runner.close()).toEqual(['The ground is not there.']);
    });
  });
});
