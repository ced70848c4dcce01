import { describe, expect, test } from 'vitest';
import type { Place } from '../../../plan/body-places.ts';
import { isDocumented } from '../../../provocations/generated/validity.ts';
import { wrongValues } from '../../../provocations/generated/wrong-values.ts';
import type { Json, JsonSchema } from '../../../schemas/contract.ts';

const valuesFor = (schema: JsonSchema, value: Json, required = false) => {
  const place: Place = { pointer: '/x', schema, value, required, key: '', choosesForm: false };
  return Object.fromEntries(wrongValues(place).map((each) => [each.kind, each.value]));
};

describe('wrong values', () => {
  test.each<[string, JsonSchema, Json, string[]]>([
    ['a text', { type: 'string' }, 'x', ['type-integer', 'type-boolean', 'type-array', 'type-object', 'null']],
    ['a number', { type: 'integer' }, 1, ['type-string', 'type-boolean', 'type-array', 'type-object', 'null']],
    ['a switch', { type: 'boolean' }, true, ['type-string', 'type-integer', 'boolean-in-text', 'null']],
    ['a list', { type: 'array' }, [], ['type-string', 'type-object', 'null']],
    ['an object', { type: 'object' }, {}, ['type-string', 'type-array', 'null']],
    ['anything, one level down', { type: 'string' }, 'x', ['nested-in-object', 'nested-in-array']],
    ['odd texts', { type: 'string' }, 'x', ['oversize', 'nul', 'lone-surrogate', 'right-to-left', 'emoji', 'blank']],
    ['odd numbers', { type: 'number' }, 1, ['huge', 'beyond-64-bit', 'negative', 'zero', 'number-in-text']],
    ['what has to be there', { type: 'string', minLength: 1 }, 'x', ['empty']],
  ])('for %s', (_, schema, value, kinds) => {
    expect(Object.keys(valuesFor(schema, value))).toEqual(expect.arrayContaining(kinds));
  });

  test('miss and meet a bound by one', () => {
    expect(valuesFor({ type: 'integer', minimum: 2, maximum: 9 }, 5)).toMatchObject({
      'too-small': 1,
      least: 2,
      most: 9,
      'too-large': 10,
    });
    const lengths = valuesFor({ type: 'string', minLength: 3, maxLength: 5 }, 'abcd');
    expect(lengths).toMatchObject({ 'one-too-short': 'xx', longest: 'xxxxx', 'one-too-long': 'xxxxxx' });
  });

  test('come close to what is listed', () => {
    const near = valuesFor({ type: 'string', enum: ['none', 'all'] }, 'none');
    expect(near).toMatchObject({ 'enum-case': 'NONE', 'enum-blank': 'none ', 'enum-cut': 'non' });
  });

  test.each(['uuid', 'uri', 'hostname', 'date-time', 'date', 'email'])('miss the format %s', (format) => {
    const schema = { type: 'string', format };
    const { format: value } = valuesFor(schema, 'x');
    expect(typeof value).toBe('string');
    expect(isDocumented(schema, value ?? null)).toBe(false);
  });

  test('are never the JSON type that is right, under the name of a wrong one', () => {
    for (const type of ['string', 'integer', 'number', 'boolean', 'array', 'object'])
      for (const [kind, value] of Object.entries(valuesFor({ type }, null)))
        if (kind.startsWith('type-')) expect(isDocumented({ type }, value ?? null), `${type} ${kind}`).toBe(false);
  });
});
