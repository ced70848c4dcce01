import { describe, expect, test } from 'vitest';
import type { Place } from '../../plan/body-places.ts';
import { invalidValues } from '../../provocations/invalid-values.ts';
import type { Json, JsonSchema } from '../../schemas/contract.ts';

const kindsOf = (schema: JsonSchema, value: Json, required = false) => {
  const place: Place = { pointer: '/x', schema, value, required, key: '', choosesForm: false };
  return Object.fromEntries(invalidValues(place).map((each) => [each.kind, each.value]));
};
const WRONG_STRING = { not: 'a string' };

describe('invalid values', () => {
  test.each<[string, JsonSchema, Json, Record<string, Json | undefined>]>([
    ['string', { type: 'string' }, 'x', { null: null, 'wrong-type': WRONG_STRING }],
    ['integer', { type: 'integer' }, 1, { null: null, 'wrong-type': 'not-a-number' }],
    ['number', { type: 'number' }, 1.5, { null: null, 'wrong-type': 'not-a-number' }],
    ['boolean', { type: 'boolean' }, true, { null: null, 'wrong-type': 'not-a-boolean' }],
    ['array', { type: 'array' }, [], { null: null, 'wrong-type': 'not-an-array' }],
    ['object', { type: 'object' }, {}, { null: null, 'wrong-type': 'not-an-object' }],
    ['string or null', { type: ['string', 'null'] }, 'x', { 'wrong-type': WRONG_STRING }],
    ['null or string', { type: ['null', 'string'] }, null, { 'wrong-type': WRONG_STRING }],
    ['null alone', { type: 'null' }, null, {}],
    ['alternatives, an object', { oneOf: [{}] }, {}, { null: null, 'wrong-type': 'not-an-object' }],
    ['alternatives, an array', { anyOf: [{}] }, [], { null: null, 'wrong-type': 'not-an-array' }],
    ['alternatives, a string', { anyOf: [{}] }, 'x', {}],
  ])('of a type: %s', (_, schema, value, kinds) => {
    expect(kindsOf(schema, value)).toEqual(kinds);
  });

  test('of what is required', () => {
    expect(kindsOf({ type: 'string' }, 'x', true)).toEqual({
      missing: undefined,
      null: null,
      'wrong-type': WRONG_STRING,
    });
    expect(kindsOf({ type: ['string', 'null'] }, 'x', true)).toEqual({
      missing: undefined,
      'wrong-type': WRONG_STRING,
    });
  });

  test.each<[string, JsonSchema, Json, Record<string, Json>]>([
    ['minLength', { minLength: 1 }, 'x', { empty: '' }],
    ['minLength 0', { minLength: 0 }, 'x', {}],
    ['minItems', { minItems: 1 }, [1], { empty: [] }],
    ['minItems 0', { minItems: 0 }, [1], {}],
    ['minimum', { minimum: 0 }, 1, { 'too-small': -1 }],
    ['maximum', { maximum: 10 }, 1, { 'too-large': 11 }],
    ['maxItems', { maxItems: 2 }, ['a'], { 'too-many': ['a', 'a', 'a'] }],
    ['maxItems, several', { maxItems: 2 }, ['a', 'b'], { 'too-many': ['a', 'b', 'a'] }],
    ['maxItems, none', { maxItems: 1 }, [], { 'too-many': [null, null] }],
    ['enum', { type: 'string', enum: ['a'] }, 'a', { 'unknown-value': 'no-such-value' }],
    [
      'enum of a type or null',
      { type: ['string', 'null'], enum: ['a', null] },
      'a',
      { 'unknown-value': 'no-such-value' },
    ],
    ['const', { type: 'string', const: 'a' }, 'a', { 'unknown-value': 'no-such-value' }],
    ['const of another type', { type: 'boolean', const: true }, true, {}],
    ['enum of items', { type: 'array', items: { enum: ['a'] } }, ['a'], { 'unknown-item': ['no-such-value'] }],
  ])('of a bound: %s', (_, schema, value, kinds) => {
    const { null: _null, 'wrong-type': _wrong, ...bounds } = kindsOf(schema, value);
    expect(bounds).toEqual(kinds);
  });
});
