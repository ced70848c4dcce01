import { describe, expect, test } from 'vitest';
import type { Danger } from '../../engine/case.ts';
import type { Report } from '../../engine/report.ts';
import type { Target } from '../../runner/session.ts';
import { answerJson, answerPerfectly, STATUSES, withServer } from './answers.ts';
import { perfect, type Rules, withHeader, withProxy } from './proxy.ts';
import { cellsThat, expectSoundReport, QUIET, type RunOptions, tryRun, withReference } from './support.ts';

const ENDPOINTS: RunOptions = { tags: ['http_endpoints'], allow: QUIET };
const READS: Danger[] = ['read', 'reject', 'fault'];

/** Asserts that a run shows nothing good: one sentence instead of a report, or a verdict that is neither good nor open. */
function expectNothingGood(outcome: Report | string): void {
  if (typeof outcome === 'string') expectOneSentence(outcome);
  else {
    expectSoundReport(outcome);
    expect(['non-conformant', 'error'], outcome.reasons.join('; ')).toContain(outcome.verdict);
  }
}

function expectOneSentence(text: string): void {
  expect(text).toMatch(/^[A-Z][^\n]+\.$/);
  expect(text).not.toMatch(/\n|\bat \S+:\d+/);
}

describe('a server that answers everything with one error', () => {
  for (const status of STATUSES) {
    test(`${status}, with a perfect body: no run begins`, async () => {
      const outcome = await withServer((_, response) => answerPerfectly(response, status), tryRun);
      expect(outcome).toBeTypeOf('string');
      expectOneSentence(outcome as string);
      expect(outcome).toContain(`answered ${status}`);
    });
  }
});

describe('a server that answers everything with 200', () => {
  test('and an empty list: everything is a violation, and no cell passes', async () => {
    const outcome = await withServer((_, response) => answerJson(response, { data: [] }), tryRun);
    expectNothingGood(outcome);
    expect(cellsThat(outcome as Report, 'pass', 'warn')).toEqual([]);
    expect((outcome as Report).statuses['401']?.outcome).toBe('fail');
  });

  test('and the request: no run begins', async () => {
    const outcome = await withServer((request, response, body) => {
      answerJson(response, { method: request.method, target: request.url, headers: request.headers, body });
    }, tryRun);
    expectOneSentence(outcome as string);
  });

  test('and an object for everything: no cell passes', async () => {
    const item = { id: 'b0000000-0000-4000-8000-000000000001', name: 'anything' };
    const outcome = await withServer((request, response) => {
      answerJson(response, request.method === 'GET' ? { ...item, data: [item] } : item);
    }, tryRun);
    expectNothingGood(outcome);
    expect(cellsThat(outcome as Report, 'pass', 'warn')).toEqual([]);
  });
});

describe('a server that rolls dice', () => {
  for (const seed of [1, 2]) {
    test(`and answers with any published status or a list (seed ${seed})`, async () => {
      const roll = diceOf(seed);
      let begun = false;
      const outcome = await withServer(
        (_, response) => {
          const status = begun ? pick(roll, [...STATUSES, 200]) : 200;
          begun = true;
          const item = { id: 'b0000000-0000-4000-8000-000000000001', name: 'anything' };
          if (status === 200) answerJson(response, { ...item, data: [item] });
          else answerPerfectly(response, status);
        },
        (target) => tryRun(target, { ...ENDPOINTS, allow: seed === 1 ? QUIET : READS }),
      );
      expectNothingGood(outcome);
    });

    test(`and does what it is asked, but refuses with any published status (seed ${seed})`, async () => {
      const roll = diceOf(seed);
      const outcome = await throughProxy(
        () => ({ answer: (back) => (back.status < 400 ? back : perfect(pick(roll, STATUSES))) }),
        { ...ENDPOINTS, allow: seed === 1 ? QUIET : READS },
      );
      expectNothingGood(outcome);
      expect(outcome).toMatchObject({ verdict: 'non-conformant' });
    });
  }
});

function pick(roll: () => number, statuses: number[]): number {
  return statuses[Math.floor(roll() * statuses.length)] ?? 0;
}

/** Numbers from 0 to 1 that depend on the seed only (mulberry32). */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Runs through a proxy before a fresh reference. */
function throughProxy(rules: (target: Target) => Rules, options = ENDPOINTS): Promise<Report | string> {
  return withReference({}, (reference) => withProxy(reference, rules(reference), (proxy) => tryRun(proxy, options)));
}

describe('a server that takes one error for another', () => {
  const pairs: [one: number, other: number, allow: Danger[]][] = [
    [401, 403, QUIET],
    [404, 422, QUIET],
    [400, 422, QUIET],
    [400, 422, READS],
    [403, 404, READS],
    [400, 404, READS],
    [500, 504, READS],
  ];
  for (const [one, other, allow] of pairs) {
    test(`${one} and ${other} swapped, with perfect bodies (${allow.join(', ')})`, async () => {
      const swap: Record<number, number> = { [one]: other, [other]: one };
      const outcome = await throughProxy(
        () => ({ answer: (back) => (swap[back.status] === undefined ? back : perfect(swap[back.status] ?? 0)) }),
        { ...ENDPOINTS, allow },
      );
      expectNothingGood(outcome);
      expect(outcome).toMatchObject({ verdict: 'non-conformant' });
      // A route that is not there may be answered with any documented 4xx.
      const passed = cellsThat(outcome as Report, 'pass').filter((cell) => !cell.startsWith('unmatched-route'));
      expect(passed.filter((cell) => cell.includes(` ${one} `) || cell.includes(` ${other} `))).toEqual([]);
    });
  }
});

describe('a server with no sense of tokens', () => {
  test('demands none: 401 never passes', async () => {
    const outcome = await throughProxy(({ token }) => ({
      request: (passing) => withHeader(passing, 'Authorization', `Bearer ${token}`),
    }));
    expectNothingGood(outcome);
    expect(outcome).toMatchObject({ verdict: 'non-conformant', statuses: { 401: { outcome: 'fail', conforming: 0 } } });
  });

  test('accepts none: no run begins', async () => {
    const outcome = await throughProxy(() => ({ answer: (back) => (back.status < 300 ? perfect(401) : back) }));
    expectOneSentence(outcome as string);
    expect(outcome).toContain('API_TOKEN');
  });

  test('takes the ordinary one for an administrator: 403 never passes', async () => {
    const outcome = await throughProxy(({ token, adminToken }) => ({
      request: (passing) =>
        passing.headers.includes(`Bearer ${token}`)
          ? withHeader(passing, 'Authorization', `Bearer ${adminToken}`)
          : passing,
    }));
    expectNothingGood(outcome);
    expect(outcome).toMatchObject({ verdict: 'non-conformant', statuses: { 403: { outcome: 'fail', conforming: 0 } } });
  });
});

describe('a base URL that is not the API', () => {
  for (const path of ['', '/wrong', '/api/sinks', '/api/api']) {
    test(`"${path}": no run begins`, async () => {
      const outcome = await withReference({}, (reference) =>
        tryRun({ ...reference, url: reference.url.replace(/\/api$/, path) }),
      );
      expectOneSentence(outcome as string);
      expect(outcome).toContain('API_URL');
    });
  }

  test('nothing listens there: no run begins', async () => {
    const gone = await withReference({}, async (reference) => reference);
    const outcome = await tryRun(gone);
    expectOneSentence(outcome as string);
    expect(outcome).toContain('cannot be reached');
  });
});
