import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Alteration } from '../../reference/alteration.ts';
import { handling } from '../../reference/mutants/meaning/rewire.ts';
import { type Sloppy, visitSloppy } from './sloppy.ts';

const REJECT = { allow: ['read', 'reject'] as const satisfies readonly string[] };
const CREATE = 'createHttpEndpoint';

/** Whatever is sent is carried out, with what is missing made up. */
const takesAnything: Alteration = {
  parts: (parts) => ({ ...parts, check: () => {} }),
};

/** Answers to what was made say so, and not what. */
function answersMade(change: (location: string) => { headers: [string, string][]; body: string }): Alteration {
  return {
    answer: (answer, { operation }) => {
      if (operation !== CREATE || answer.status >= 300) return answer;
      const { id } = JSON.parse(String(answer.body)) as { id: string };
      return { status: 201, ...change(`/api/destinations/http_endpoints/${id}`) };
    },
  };
}

function expectTidy({ peak, left }: Sloppy): void {
  expect(left).toEqual([]);
  expect(peak).toBeLessThanOrEqual(10);
}

describe('what a create made is found', () => {
  test('by its Location, where the answer has no body', async () => {
    const seen = await visitSloppy(answersMade((location) => ({ headers: [['location', location]], body: '' })));
    expectTidy(seen);
    expect(seen.peak).toBeGreaterThan(2);
    expect(seen.report.unasked).toBeUndefined();
    expect(seen.report.findings.filter(({ set }) => set === 'contract')).toEqual([]);
  });

  test('by its name, where the answer does not tell which it is, and the report says so', async () => {
    const seen = await visitSloppy(answersMade(() => ({ headers: [], body: '' })));
    expectTidy(seen);
    expect(seen.peak).toBeGreaterThan(0);
    expect(seen.report.unasked?.join()).toContain('POST /destinations/http_endpoints answered 201, and ');
    expect(seen.report.unasked?.join()).toContain('removed again');
  });

  test('by its name, where it was made and the answer is an error', async () => {
    const parts = handling(CREATE, (call, own) => {
      own(call);
      throw new Error('The log cannot be written.');
    });
    const seen = await visitSloppy({ parts });
    expectTidy(seen);
    expect(seen.report.unasked?.join()).toContain('answered 500');
  });

  test('where it is listed late', async () => {
    const since = new Map<string, number>();
    const parts = handling('listHttpEndpoints', (call, own) => {
      const { data } = own(call) as { data: { id: string }[] };
      for (const { id } of data) since.set(id, since.get(id) ?? performance.now());
      return { data: data.filter(({ id }) => performance.now() - (since.get(id) ?? 0) > 400) };
    });
    const made = answersMade(() => ({ headers: [], body: '' }));
    // Each is known from its first listing on; the look after it finds it only later.
    const seen = await visitSloppy({ ...made, parts });
    await sleep(0);
    expect(seen.left).toEqual([]);
  });
});

describe('where nothing may be made', () => {
  test('the first create that is carried out ends them, and what it made is gone', async () => {
    const seen = await visitSloppy(takesAnything, { allow: [...REJECT.allow] });
    expect(seen.left).toEqual([]);
    expect(seen.peak).toBeLessThanOrEqual(1);
    expect(seen.posts.filter((status) => status < 300)).toHaveLength(1);
    expect(seen.report.verdict).toBe('error');
    expect(seen.report.errors.join()).toMatch(/answered 200, and an object was made all the same: .*, removed again/);
    const reasons = seen.report.cells.flatMap(({ cases }) => cases.map(({ reason }) => reason ?? ''));
    expect(reasons.join()).toContain('nothing more is sent to POST /destinations/http_endpoints');
  });

  test('one that is refused and carried out all the same, too', async () => {
    const parts = handling(CREATE, (call, own) => {
      own({ ...call, check: () => {} });
      return own(call);
    });
    const seen = await visitSloppy({ parts }, { allow: [...REJECT.allow] });
    expect(seen.left).toEqual([]);
    expect(seen.peak).toBeLessThanOrEqual(10);
    expect(seen.report.errors.join()).toMatch(/answered 4\d\d.*made all the same.*removed again/);
    expect(seen.report.verdict).toBe('error');
  });
});

test.each([2, 4, 10])('no more than %i objects of a kind are there at a time, counted at the server', async (most) => {
  const seen = await visitSloppy({}, { mostObjects: most });
  expect(seen.left).toEqual([]);
  expect(seen.peak).toBeLessThanOrEqual(most);
  expect(seen.report.findings).toEqual([]);
  expect(seen.report.errors).toEqual([]);
});
