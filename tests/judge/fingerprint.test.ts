import { describe, expect, test } from 'vitest';
import { causeOf, classOf, fingerprintOf, matches, type Pattern } from '../../judge/fingerprint.ts';
import { judgeExchange } from '../../judge/judge.ts';
import { sampleExchange } from './sample-exchange.ts';
import { LAW, matterOf } from './sample-law.ts';

const find = (status: number, body: unknown, change: Partial<ReturnType<typeof matterOf>> = {}) => {
  const [finding] = judgeExchange(
    sampleExchange(status, { body: body as never }),
    { ...matterOf({ expected: [status] }), ...change },
    LAW,
    {},
  );
  if (!finding) throw new Error('Nothing was found.');
  return finding;
};

const errors = (fields: object) => ({ summary: 'x', validation_errors: fields });
const one = find(422, errors({ url: [1] }));

describe('a fingerprint', () => {
  test.each([
    ['another field that is at fault', find(422, errors({ name: [7] }))],
    ['another item of a list', find(422, errors({ url: ['fine', 2] }))],
    ['another case of the provocation', find(422, errors({ url: [1] }), { caseId: 'other' })],
    ['another summary', find(422, { ...errors({ url: [1] }), summary: 'Something else.' })],
  ])('is the same for %s', (_, other) => {
    expect(fingerprintOf(other)).toBe(fingerprintOf(one));
  });

  test.each([
    ['operation', find(422, errors({ url: [1] }), { operation: 'other' })],
    ['provocation', find(422, errors({ url: [1] }), { provocation: 'other' })],
    ['condition', find(422, errors({ url: [1] }), { condition: 'taken' })],
    ['kind of probe', find(422, errors({ url: [1] }), { kind: 'url null' })],
    ['place', find(422, errors({ url: 'text' }))],
    ['check and status', find(400, { summary: 7 })],
  ])('is another for another %s', (_, other) => {
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(one));
  });

  test('knows crashes as one class, and every other status by itself', () => {
    expect([503, 500, 422, 200, null].map(classOf)).toEqual(['5xx', '5xx', '422', '200', 'none']);
    expect(find(500, {}).seen).toBe('5xx');
  });

  test('tells a field that is missing from a body that is no object', () => {
    expect(find(404, {}).place).toBe('/summary');
    expect(find(404, []).place).toBe('');
  });

  test('is one for a hundred undocumented fields, but knows a field of another published body', () => {
    const [first, second] = [find(404, { summary: 'x', code: 1 }), find(404, { summary: 'x', trace: 1 })];
    expect([first.place, second.place]).toEqual(['/*', '/*']);
    expect(find(404, { summary: 'x', validation_errors: {} }).place).toBe('/validation_errors');
  });
});

test('a cause is one over operations, provocations and kinds, and no other part', () => {
  for (const change of [{ operation: 'other' }, { provocation: 'other' }, { kind: 'url null' }])
    expect(causeOf({ ...one, ...change })).toBe(causeOf(one));
  for (const change of [{ check: 'other' }, { seen: '400' }, { place: '/x' }])
    expect(causeOf({ ...one, ...change })).not.toBe(causeOf(one));
});

test('a cause is another on another condition where a success came, and one where an error did', () => {
  const other = { condition: 'taken' } as const;
  expect(causeOf({ ...one, seen: '200', ...other })).not.toBe(causeOf({ ...one, seen: '200' }));
  expect(causeOf({ ...one, ...other })).toBe(causeOf(one));
});

describe('a pattern', () => {
  test.each<Pattern>([
    {},
    { check: 'fields-422' },
    { operation: ['getSink', 'other'], status: [400] },
    { condition: ['unreadable-body'], provocation: ['some-provocation'] },
    { seen: ['422'] },
    { place: '/validation_errors/*/0' },
    { place: '/*/*/*' },
    { pointer: '/validation_errors/url/0' },
    { pointer: '/validation_errors/*/0' },
  ])('matches: %j', (pattern) => {
    expect(matches(pattern, one)).toBe(true);
  });

  test.each<Pattern>([
    { check: 'fields-404' },
    { operation: ['other'] },
    { status: [422] },
    { condition: ['taken'] },
    { provocation: ['other'] },
    { seen: ['5xx'] },
    { place: '/validation_errors/*' },
    { place: '/validation_errors/url/0' },
    { pointer: '' },
    { check: 'fields-422', condition: ['taken'] },
  ])('does not match: %j', (pattern) => {
    expect(matches(pattern, one)).toBe(false);
  });

  test('that names a condition is about no finding without one', () => {
    const { condition: _, ...recorded } = one;
    expect(matches({ condition: ['taken'] }, recorded)).toBe(false);
  });
});
