import { describe, expect, test } from 'vitest';
import type { Alteration } from '../../reference/alteration.ts';
import type { Report } from '../../report/report.ts';
import type { Contract, JsonSchema, Operation } from '../../schemas/contract.ts';
import { CONTRACT, runSuite } from '../../selfcheck/run-suite.ts';
import { RATE_LIMIT } from '../../selfcheck/trial.ts';
import { withReference } from './support.ts';

const ANY_ERROR: JsonSchema = {
  type: 'object',
  required: ['summary'],
  properties: { summary: { type: 'string' }, validation_errors: {} },
};

const takesBody = ({ body }: Operation) => body !== undefined;

/** The published contract with other statuses: `added` on the operations that take a body, or others, `dropped` on none. */
function publish(added: Record<number, string>, dropped: number[] = [], where = takesBody): Contract {
  const { answers: _, ...contract } = CONTRACT;
  const more = Object.keys(added).map(Number);
  const isKept = (status: number) => !dropped.includes(status);
  const statuses = [...contract.statuses.filter(isKept), ...more].sort((one, other) => one - other);
  const clauses = more.flatMap((status) =>
    contract.clauses
      .filter(({ id }) => id === 'meaning-400' || id === 'fields-400')
      .map((clause) => ({ ...clause, id: clause.id.replace('400', String(status)) })),
  );
  const operations = contract.operations.map((each): Operation => {
    const errors = [...each.errors.filter(isKept), ...(where(each) ? more : [])].sort((one, other) => one - other);
    const reasons = statuses.filter((status) => !errors.includes(status)).map((status) => [status, 'not here']);
    const bodies = errors.map((status) => [
      status,
      [400, ...more].includes(status) ? { 'application/json': ANY_ERROR } : each.errorBodies[status],
    ]);
    return { ...each, errors, errorBodies: Object.fromEntries(bodies), notApplicable: Object.fromEntries(reasons) };
  });
  return {
    ...contract,
    statuses,
    statusNames: { ...contract.statusNames, ...added },
    clauses: [...contract.clauses, ...clauses],
    operations,
  };
}

/** A run on one group of operations of a reference that keeps another contract. */
function run(contract: Contract, alteration: Alteration): Promise<Report> {
  return withReference({ alteration, rateLimit: RATE_LIMIT }, (reference) =>
    runSuite(reference, {
      contract,
      tags: ['http_endpoints'],
      allow: ['read', 'reject', 'write'],
      generation: { level: 'quick', seed: 1, budget: 100 },
    }),
  );
}

const broken = ({ findings }: Report) => [
  ...new Set(findings.filter(({ set }) => set === 'contract').map(({ check }) => check)),
];
const errors = ({ cells }: Report) => cells.filter(({ outcome }) => outcome === 'error').map(({ reason }) => reason);
const provoked = ({ cells }: Report, status: number, provocation: string) =>
  cells
    .filter((cell) => cell.status === status)
    .flatMap(({ cases }) => cases)
    .filter((each) => each.provocation === provocation && each.outcome === 'pass').length;

describe('an API that answers validation with 400', () => {
  const contract = publish({}, [422]);
  const alteration: Alteration = { answer: (answer) => (answer.status === 422 ? { ...answer, status: 400 } : answer) };

  test('is right, and is tested', async () => {
    const report = await run(contract, alteration);
    expect([broken(report), errors(report)]).toEqual([[], []]);
    expect(provoked(report, 400, 'invalid-field')).toBeGreaterThan(20);
    expect(provoked(report, 400, 'duplicate-name')).toBeGreaterThan(0);
    expect(provoked(report, 400, 'truncated-json')).toBeGreaterThan(0);
  });

  test('is not right when it is answered 422, which it does not publish', async () => {
    expect(broken(await run(contract, {}))).toEqual(expect.arrayContaining(['meaning-400', 'error-status-documented']));
  });
});

describe('an API that publishes 409 and 415', () => {
  const contract = publish({ 409: 'Conflict', 415: 'Unsupported Media Type' });
  const isTaken = (body: Buffer | string) => /has already been|already in use|not unique|exists/i.test(String(body));
  const alteration: Alteration = {
    answer: (answer, { headers }) => {
      const type = headers['content-type'];
      const isForeign = type === undefined || !type.startsWith('application/json');
      if (answer.status === 400 && isForeign && Number(headers['content-length'] ?? 0) > 0)
        return { ...answer, status: 415 };
      return answer.status === 422 && isTaken(answer.body) ? { ...answer, status: 409 } : answer;
    },
  };

  test('is right when it gives them', async () => {
    const report = await run(contract, alteration);
    expect([broken(report), errors(report)]).toEqual([[], []]);
    expect(provoked(report, 415, 'wrong-content-type')).toBeGreaterThan(0);
    expect(provoked(report, 409, 'duplicate-name')).toBeGreaterThan(0);
  });

  test('is not when it answers 400 and 422 all the same', async () => {
    expect(broken(await run(contract, {}))).toEqual(expect.arrayContaining(['meaning-409', 'meaning-415']));
  });
});

describe('an API that publishes 405, 406 and 412', () => {
  const contract = publish(
    { 405: 'Method Not Allowed', 406: 'Not Acceptable', 412: 'Precondition Failed' },
    [],
    () => true,
  );
  const alteration: Alteration = {
    // What does not hold is not carried out.
    request: (request) => {
      if (request.headers['if-match']) request.url = '/api/nowhere';
    },
    answer: (answer, { method, headers }) => {
      if (['PUT', 'TRACE'].includes(method))
        return { ...answer, status: 405, headers: [...answer.headers, ['Allow', 'GET']] };
      const status = headers['if-match'] ? 412 : headers.accept?.includes('no-such-type') ? 406 : answer.status;
      const body = status === answer.status ? answer.body : '{"summary":"no"}';
      return { ...answer, status, body };
    },
  };

  test('is right when it gives them', async () => {
    const report = await run(contract, alteration);
    expect([broken(report), errors(report)]).toEqual([[], []]);
    expect(provoked(report, 405, 'undocumented-method')).toBe(5);
    expect(provoked(report, 406, 'unacceptable-type')).toBe(2);
    expect(provoked(report, 412, 'stale-tag')).toBe(1);
  });

  test('is not when it carries the change out; what it tolerates is only untested', async () => {
    const report = await run(contract, {});
    expect(broken(report).sort()).toEqual(['answer-preferred', 'meaning-405', 'meaning-412']);
    // These document no 404 that could be tolerated.
    const wrong = report.findings.filter(({ check }) => check === 'meaning-405').map(({ operation }) => operation);
    expect(wrong).toEqual(['listHttpEndpoints', 'createHttpEndpoint']);
    const tolerated = report.cells.filter(({ status, outcome }) => status === 405 && outcome === 'untestable');
    expect(tolerated.map(({ reason }) => reason)).toContain('answered 404, which is tolerated in place of 405');
  });
});
