import { describe, expect, test } from 'vitest';
import type { Alteration } from '../../reference/alteration.ts';
import { ApiError } from '../../reference/errors.ts';
import { startReference } from '../../reference/server.ts';
import { VARIANTS } from '../../reference/variants/catalogue.ts';
import type { Report } from '../../report/report.ts';
import { CONTRACT, QUIET, runSuite } from '../../selfcheck/run-suite.ts';

const MEANS_BODY = /^(?:POST|PUT|PATCH)$/;

/** Front ends of several makers: what means a body to come has to say how long it is. */
const lengthRequired: Alteration = {
  answer(answer, { method, headers }) {
    const isFramed = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (isFramed || !MEANS_BODY.test(method)) return answer;
    return { status: 411, headers: [['content-type', 'text/html']], body: '<h1>Length Required</h1>' };
  },
};

/** Frameworks that read no request of these methods without a media type, with a body or without. */
const typeDemanded = (status: 400): Alteration => ({
  parts: ({ authenticate }) => ({
    authenticate(request) {
      const caller = authenticate(request);
      const type = request.headers['content-type'] ?? '';
      if (MEANS_BODY.test(request.method ?? '') && !type.includes('application/json'))
        throw new ApiError(status, 'Content-Type: application/json is required');
      return caller;
    },
  }),
});

async function run(alteration: Alteration, allow = QUIET): Promise<Report> {
  const reference = await startReference({ operations: CONTRACT.operations, alteration });
  try {
    return await runSuite(reference, { tags: ['postgres_databases'], allow });
  } finally {
    await reference.close();
  }
}

const outcomes = ({ cells }: Report) =>
  cells.map(({ operation, status, outcome }) => [operation, status, outcome === 'warn' ? 'pass' : outcome].join(' '));
const broken = ({ findings }: Report) =>
  findings.filter(({ set }) => set === 'contract').map(({ check, operation, message }) => [check, operation, message]);

describe('what a server asks of a request is met, and all comes out as without it', { timeout: 60_000 }, () => {
  test.each<[string, Alteration]>([
    ['a length', lengthRequired],
    ['a media type where nothing is sent', typeDemanded(400)],
    ...VARIANTS.filter(({ id }) => ['first-authorization', 'strict-query', 'malformed-token-400'].includes(id)).map(
      (variant): [string, Alteration] => [variant.differs, variant],
    ),
  ])('%s', async (_, alteration) => {
    const [plain, report] = [await run({}), await run(alteration)];
    expect(broken(report)).toEqual([]);
    expect(report.errors).toEqual([]);
    expect(outcomes(report)).toEqual(outcomes(plain));
  });

  test('a media type, also where nothing may be written', async () => {
    const report = await run(typeDemanded(400), ['read', 'reject']);
    expect(broken(report)).toEqual([]);
  });
});

test('a control that does not hold shows what the API said', { timeout: 60_000 }, async () => {
  const refuses: Alteration = {
    answer: (answer, { method, path }) =>
      method === 'POST' && path.endsWith('/refresh_tables') && answer.status < 300
        ? { ...answer, status: 409, body: JSON.stringify({ summary: 'The quota of refreshes is used up' }) }
        : answer,
  };
  const report = await run(refuses);
  const control = report.controls.find(({ held }) => !held);
  expect(control?.reason).toBe(
    'expected a success (2xx), got 409, and says: {"summary":"The quota of refreshes is used up"}',
  );
});
