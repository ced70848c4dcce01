import { describe, expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { TargetProfile } from '../../plan/case.ts';
import type { Reference } from '../../reference/server.ts';
import type { Report } from '../../report/report.ts';
import { type RunOptions, runSuite } from '../../selfcheck/run-suite.ts';
import { type Passing, type Rules, withProxy } from './proxy.ts';
import { listEverything, withReference } from './support.ts';

const json = (status: number, summary: string, headers: Record<string, string> = {}) => ({
  answer: { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ summary }) },
});

const isOf = ({ headers }: Passing, { token, adminToken }: Reference) =>
  headers.some((each, index) => index % 2 === 1 && [`Bearer ${token}`, `Bearer ${adminToken}`].includes(each));

/** A run behind a front; what was on the target before must be all that is there afterwards. */
async function visit(
  rulesFor: (reference: Reference) => Rules,
  profile: Partial<TargetProfile> = {},
  options: RunOptions = {},
): Promise<Report> {
  return withReference({ rateLimit: { capacity: 100_000, perSecond: 100_000 } }, async (reference) => {
    const before = await listEverything(reference);
    const report = await withProxy(reference, rulesFor(reference), (proxy) =>
      runSuite(proxy, {
        profile: { ...loadTarget('reference'), rateLimit: { maxRequests: 1, maxWaitMs: 60_000 }, ...profile },
        tags: ['http_endpoints'],
        allow: ['read', 'reject', 'write'],
        ...options,
      }),
    );
    expect(await listEverything(reference)).toEqual(before);
    return report;
  });
}

const said = ({ findings }: Report) =>
  findings.map(({ check, operation, case: sent }) => `${check} ${operation} ${sent}`);
const untested = ({ cells }: Report) => [
  ...new Set(
    cells.flatMap(({ cases }) => cases.filter(({ outcome }) => outcome === 'untestable')).map(({ reason }) => reason),
  ),
];
const broken = ({ cells }: Report) => cells.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');

/** After twenty refused credentials nobody is let in for a while. */
function locksOut(lockMs: number): (reference: Reference) => Rules {
  let refused = 0;
  let until = 0;
  return () => ({
    request: (passing) =>
      performance.now() < until ? json(403, 'Too many attempts. Please try again later.') : passing,
    answer(answer) {
      if (answer.status === 401) refused += 1;
      if (refused >= 20) [refused, until] = [0, performance.now() + lockMs];
      return answer;
    },
  });
}

describe('a server that locks out who sent too many credentials that are wrong', () => {
  test('is waited for, in the middle of all else, and convicted of nothing', async () => {
    const report = await visit(locksOut(300), { wrongCredentials: 'unlimited' });
    expect(said(report)).toEqual([]);
    expect(broken(report)).toEqual([]);
    // What was waited for is told, whether or not some of it came too often.
    const told = [...(report.retries.waits ?? []), ...report.errors];
    expect(told.length).toBeGreaterThan(0);
    for (const each of told) expect(each).toMatch(/^The token was refused from .* and then by 403\.$/);
  }, 60_000);

  test('is told of in one sentence where the lock is longer than a run waits, and what the run made is removed all the same', async () => {
    const report = await visit(locksOut(4000), { wrongCredentials: 20, rateLimit: { maxRequests: 1, maxWaitMs: 200 } });
    expect(said(report)).toEqual([]);
    expect(broken(report)).toEqual([]);
    const sentence = /^The token (?:is refused since|was refused from) .* and (?:now|then) by 403\.$/;
    expect(report.errors).toEqual([expect.stringMatching(sentence)]);
    expect(untested(report)).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
  }, 60_000);
});

test('a limit for credentials that are wrong only leaves these untested, and the right one goes on', async () => {
  let refused = 0;
  const report = await visit(
    (reference) => ({
      request: (passing) =>
        refused >= 30 && !isOf(passing, reference)
          ? json(429, 'Too many failed attempts.', { 'retry-after': '1' })
          : passing,
      answer(answer) {
        if (answer.status === 401) refused += 1;
        return answer;
      },
    }),
    { rateLimit: { maxRequests: 1, maxWaitMs: 100 } },
  );
  expect(said(report)).toEqual([]);
  expect(broken(report)).toEqual([]);
  expect(report.cells.filter(({ status, outcome }) => status !== 401 && outcome === 'pass').length).toBeGreaterThan(10);
  expect(untested(report)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^limited: answered 429 .*CONFORMANCE_CONCURRENCY/)]),
  );
}, 60_000);

test('a limiter that answers 503 and does not say when to come back is slowed down for, and convicted of nothing', async () => {
  let room = 20;
  let last = performance.now();
  let refused = 0;
  const report = await visit(() => ({
    request(passing) {
      const now = performance.now();
      room = Math.min(20, room + ((now - last) * 60) / 1000);
      last = now;
      if (room >= 1) {
        room -= 1;
        return passing;
      }
      refused += 1;
      return {
        answer: {
          status: 503,
          headers: { 'content-type': 'text/html' },
          body: '<h1>503 Service Temporarily Unavailable</h1>',
        },
      };
    },
  }));
  expect(refused).toBeGreaterThan(5);
  expect(said(report)).toEqual([]);
  expect(broken(report)).toEqual([]);
  expect(report.errors).toEqual([]);
  expect(refused).toBeLessThan(report.exchanges / 4);
}, 60_000);

test.each([403, 422])(
  'a quota, told by %i, leaves untested what needs more, with its own text and how many a run needs',
  async (status) => {
    const made = new Map<string, number>();
    const report = await visit((reference) => ({
      request(passing) {
        const { method, target } = passing;
        if (method !== 'POST' || !isOf(passing, reference) || !isJson(passing)) return passing;
        const before = made.get(target) ?? 0;
        made.set(target, before + 1);
        // One of them is the run's mark.
        return before < 3 ? passing : json(status, 'Your plan allows 3 of these.');
      },
    }));
    expect(said(report)).toEqual([]);
    expect(broken(report)).toEqual([]);
    expect(untested(report)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /Your plan allows 3 of these.*such an object was made before, and a run needs \d+ of them at once$/,
        ),
      ]),
    );
    const atLeast = /Your plan allows 3 of these[^;]*after 2 were made; a run needs at least 4 of them at once/;
    expect(report.cells.some(({ partial, reason }) => atLeast.test(`${partial} ${reason}`))).toBe(true);
  },
);

function isJson({ body }: Passing): boolean {
  try {
    JSON.parse(String(body));
    return true;
  } catch {
    return false;
  }
}

test('a deployment while controls are sent and while the run cleans up is waited for', async () => {
  let asked = 0;
  let until = 0;
  let removed = 0;
  const report = await visit(() => ({
    request(passing) {
      asked += 1;
      if (passing.method === 'DELETE') removed += 1;
      // Among the first controls, and again when the first of what the run made is removed.
      if (asked === 16 || removed === 1) [until, removed] = [performance.now() + 400, removed + 1];
      return performance.now() < until ? { answer: { status: 502, headers: {}, body: 'upstream' } } : passing;
    },
  }));
  expect(said(report)).toEqual([]);
  expect(broken(report)).toEqual([]);
  expect(report.errors).toEqual([]);
}, 60_000);
