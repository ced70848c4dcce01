import { describe, expect, test } from 'vitest';
import { isDocumented } from '../../provocations/generated/validity.ts';
import type { JsonSchema } from '../../schemas/contract.ts';
import { sampleOf, textMatching } from '../../schemas/sample.ts';

const object = (properties: Record<string, JsonSchema>, ...required: string[]): JsonSchema => ({
  type: 'object',
  properties,
  required,
});

const TAKEN: [string, JsonSchema][] = [
  ['a text of a length', { type: 'string', minLength: 30, maxLength: 32 }],
  ['a short text', { type: 'string', maxLength: 3 }],
  ['a text with a pattern', { type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' }],
  ['a pattern and a length', { type: 'string', pattern: '^[a-z0-9_]+$', minLength: 5, maxLength: 9 }],
  ...['uuid', 'date-time', 'date', 'time', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'json-pointer'].map(
    (format): [string, JsonSchema] => [format, { type: 'string', format }],
  ),
  ['a whole number between bounds', { type: 'integer', minimum: 18, exclusiveMaximum: 20 }],
  ['a number above another', { type: 'integer', exclusiveMinimum: 3 }],
  ['a number below zero', { type: 'integer', maximum: -4 }],
  ['a multiple', { type: 'integer', multipleOf: 5, minimum: 7 }],
  ['a fraction', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }],
  ['a list of some', { type: 'array', minItems: 2, items: { type: 'integer', minimum: 1 } }],
  ['an object with what it must have', object({ a: { type: 'string' }, b: { type: 'integer' } }, 'a')],
  ['what is required and not described', object({}, 'a')],
  ['several parts', { allOf: [object({ a: { type: 'string' } }, 'a'), object({ b: { type: 'integer' } }, 'b')] }],
  ['one of several', { oneOf: [object({ kind: { const: 'x' } }, 'kind'), { type: 'integer' }] }],
  ['nothing or text', { type: ['null', 'string'], minLength: 2 }],
  ['nothing', { type: 'null' }],
  ['an example', { type: 'string', pattern: '^ex-', example: 'ex-7' }],
  ['one of a list', { enum: ['a', 'b'] }],
  ['a default', { type: 'integer', default: 7 }],
  ['anything', {}],
];

describe('a value made of a schema', () => {
  test.each(TAKEN)('is one that it takes: %s', (_, schema) => {
    const value = sampleOf(schema);
    expect(value).not.toBeUndefined();
    expect(isDocumented(schema, value ?? null), JSON.stringify(value)).toBe(true);
    expect(sampleOf(schema)).toEqual(value);
  });

  test.each<[string, JsonSchema]>([
    [
      'holds itself',
      (() => {
        const schema = object({}, 'self');
        schema.properties = { self: schema };
        return schema;
      })(),
    ],
    ['has a pattern that nothing short enough matches', { type: 'string', pattern: '^[a-z]{9}$', maxLength: 3 }],
    ['has no number between its bounds', { type: 'integer', minimum: 3, maximum: 2 }],
  ])('is none where a schema %s', (_, schema) => {
    expect(sampleOf(schema)).toBeUndefined();
  });

  test('leaves out what only the server writes', () => {
    expect(
      sampleOf(object({ id: { type: 'string', readOnly: true }, name: { type: 'string' } }, 'id', 'name')),
    ).toEqual({
      name: 'example',
    });
  });
});

test('a pattern that is none makes no text', () => {
  expect(textMatching('(')).toEqual([]);
});

describe('no value is made of what asks for more than any memory holds', () => {
  const wide = (inner: JsonSchema): JsonSchema => {
    const names = Array.from({ length: 50 }, (_, index) => `k${index}`);
    return object(Object.fromEntries(names.map((name) => [name, inner])), ...names);
  };

  test.each<[string, JsonSchema]>([
    ['objects of objects', Array.from({ length: 8 }).reduce<JsonSchema>(wide, { type: 'string' })],
    ['a list without an end', { type: 'array', minItems: 1e9, items: { type: 'string' } }],
    ['a text without an end', { type: 'string', minLength: 1e9 }],
  ])('%s', (_, schema) => {
    expect(sampleOf(schema)).toBeUndefined();
  });
});
