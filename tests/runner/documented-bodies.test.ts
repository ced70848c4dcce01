import { describe, expect, test } from 'vitest';
import type { Alteration } from '../../reference/alteration.ts';
import { bodyOf, errorsAt, withBody, withHeader } from '../../reference/altering.ts';
import type { Answer } from '../../reference/message-bytes.ts';
import type { Contract, JsonSchema } from '../../schemas/contract.ts';
import { CONTRACT, runSuite } from '../../selfcheck/run-suite.ts';
import { RATE_LIMIT } from '../../selfcheck/trial.ts';
import { withReference } from './support.ts';

/** A problem (RFC 9457) that may have others as its causes, put together from parts. */
const PROBLEM: JsonSchema = { type: 'object', required: ['title'], properties: { title: { type: 'string' } } };
const CAUSES: JsonSchema = { properties: { causes: { type: 'array', items: { allOf: [PROBLEM] } } } };
PROBLEM.allOf = [CAUSES, { properties: { status: { type: 'integer' } } }];
const FAULTS: JsonSchema = {
  allOf: [PROBLEM, { required: ['errors'] }],
  properties: {
    errors: { type: 'array', items: { properties: { detail: { type: 'string' }, pointer: { type: 'string' } } } },
  },
};

/** The published contract with problems in place of its bodies, most of them by a range or `default`. */
const contract: Contract = {
  ...CONTRACT,
  operations: CONTRACT.operations.map((each) => ({
    ...each,
    errorBodies: {
      ...(each.errors.includes(422) && { 422: { 'application/problem+json': FAULTS } }),
      '4XX': { 'application/problem+json; charset=utf-8': PROBLEM },
      default: { 'application/problem+json': PROBLEM, 'application/*': PROBLEM },
    },
  })),
};

/** What the reference answers as a problem. */
function asProblem(answer: Answer): Answer {
  const { summary: title, validation_errors: errors } = bodyOf(answer);
  const list = Object.entries(errors ?? {}).map(([field, [detail]]) => ({
    pointer: `#/${field.replaceAll('.', '/')}`,
    detail,
  }));
  const body = { title, status: answer.status, causes: [{ title }], ...(errors && { errors: list }) };
  return withHeader(withBody(answer, body), 'content-type', 'application/problem+json');
}

/** What of the contract's own set is found in a run on one group of operations. */
async function find(change: (problem: Answer) => Answer): Promise<string[]> {
  const alteration: Alteration = errorsAt({}, (answer) => change(asProblem(answer)));
  const { findings } = await withReference({ alteration, rateLimit: RATE_LIMIT }, (reference) =>
    runSuite(reference, {
      contract,
      tags: ['http_endpoints'],
      allow: ['read', 'reject', 'write'],
      generation: { level: 'quick', seed: 1, budget: 100 },
    }),
  );
  const own = findings.filter(({ set }) => set === 'contract');
  return [...new Set(own.map(({ check, place }) => `${check} ${place}`.trim()))].sort();
}

describe('an API whose errors are problems', () => {
  test('is right when it gives them', async () => {
    expect(await find((problem) => problem)).toEqual([]);
  });

  test('is not when it labels them otherwise', async () => {
    const label = (problem: Answer) => withHeader(problem, 'content-type', 'application/json');
    expect(await find(label)).toEqual(['error-media-type-documented']);
  });

  test('is not when what is within them is wrong', async () => {
    const spoil = (problem: Answer) => withBody(problem, { ...bodyOf(problem), causes: [{}], trace: 'x' });
    const found = await find(spoil);
    expect(found).toEqual(expect.arrayContaining(['fields-404 /causes/0/title', 'undocumented-field /*']));
    expect(found.filter((each) => !/^(fields-4\d\d \/causes\/0\/title|undocumented-field \/\*)$/.test(each))).toEqual(
      [],
    );
  });

  test('is not when they name another field than the one at fault', async () => {
    const mislead = (problem: Answer) =>
      problem.status === 422
        ? withBody(problem, { ...bodyOf(problem), errors: [{ pointer: '#/other', detail: 'wrong' }] })
        : problem;
    expect(await find(mislead)).toEqual(['offending-field-unnamed /errors']);
  });
});
