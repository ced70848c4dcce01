import { describe, expect, test } from 'vitest';
import { effectOf, type Reading, saysNothingDone } from '../../../runner/effects/effect.ts';
import type { Json } from '../../../schemas/contract.ts';

const there = (body: Json): Reading => ({ is: 'there', body });
const OLD = { id: '1', name: 'ecc-a', size: 10, status: 'active', updated_at: 1, nested: { a: 1 } };

describe('an effect', () => {
  test.each<[string, Json, Reading, string]>([
    [
      'a field that has the value sent',
      { size: 50 },
      there({ ...OLD, size: 50 }),
      '"size" has the value that was sent',
    ],
    ['an invalid value that was stored', { status: 'no' }, there({ ...OLD, status: 'no' }), '"status" has the value'],
    ['an object in a field', { nested: { a: 2 } }, there({ ...OLD, nested: { a: 2 } }), '"nested" has the value'],
    [
      'two fields',
      { size: 50, status: 'x' },
      there({ ...OLD, size: 50, status: 'x' }),
      '"size", "status" have the value',
    ],
    ['an object that is gone', { size: 50 }, { is: 'gone' }, 'the object is gone'],
  ])('is %s', (_, sent, after, said) => {
    expect(effectOf(there(OLD), after, sent)).toContain(said);
  });

  test('is seen where answers wrap the object', () => {
    expect(effectOf(there({ data: OLD }), there({ data: { ...OLD, size: 50 } }), { size: 50 })).toContain('"size"');
    expect(effectOf(there(OLD), there({ ...OLD, size: 50 }), { item: { size: 50, name: 'x' } })).toContain('"size"');
  });
});

describe('no effect', () => {
  test.each<[string, Json | undefined, Json]>([
    ['is a time that moves', { size: 50 }, { ...OLD, updated_at: 2 }],
    ['is a counter that was not sent', { size: 50 }, { ...OLD, reads: 2 }],
    ['is a value that somebody else gave', { size: 50 }, { ...OLD, size: 77 }],
    ['is a value that it had before', { size: 10 }, { ...OLD, status: 'paused' }],
    ['can be told of a body that is no JSON', undefined, { ...OLD, size: 50 }],
    ['can be told of a list', [50], { ...OLD, size: 50 }],
  ])('%s', (_, sent, after) => {
    expect(effectOf(there(OLD), there(after), sent)).toBeUndefined();
  });

  test('is that what was not there is not there', () => {
    expect(effectOf({ is: 'gone' }, { is: 'gone' }, { size: 1 })).toBeUndefined();
  });
});

test.each([
  [200, false],
  [302, false],
  [400, true],
  [401, true],
  [403, true],
  [422, true],
  [429, true],
  [500, true],
  [502, false],
  [503, true],
  [504, false],
])('%i says that nothing was done: %s', (status, says) => {
  const response = { status } as never;
  expect(saysNothingDone({ response })).toBe(says);
});

test('no answer says nothing', () => expect(saysNothingDone({})).toBe(false));
