import { expect, test } from 'vitest';
import type { JsonSchema } from '../../schemas/contract.ts';
import { innerSchemas, mapInner } from '../../schemas/inner-schemas.ts';
import { partsOf, propertyNames, propertyOf } from '../../schemas/schema-parts.ts';

const text = { type: 'string' };
const schema: JsonSchema = {
  properties: { a: text, b: true },
  allOf: [{ properties: { a: { minLength: 1 } } }, { oneOf: [{ properties: { c: text } }, false] }],
  not: { properties: { d: text } },
  dependentSchemas: { a: { properties: { e: text } } },
  items: { properties: { f: text } },
  enum: [{ properties: { g: text } }],
};

test('a schema is put together from all that is about the same value, and not from what it rules out', () => {
  expect(propertyNames(schema)).toEqual(['a', 'b', 'e', 'c']);
  expect(propertyOf(schema, 'a')).toEqual([text, { minLength: 1 }]);
  expect(propertyOf(schema, 'b')).toEqual([{}]);
  expect(propertyOf(schema, 'toString')).toEqual([]);
});

test('one that holds itself is put together once', () => {
  const node: JsonSchema = { properties: { a: text } };
  node.anyOf = [node, { allOf: [node] }];
  expect(partsOf(node)).toHaveLength(2);
});

test('the schemas in one are known by their keywords, and data is none', () => {
  expect(innerSchemas(schema).map(({ way, isSame }) => `${way.join('/')} ${isSame}`)).toEqual([
    ...['properties/a false', 'properties/b false', 'allOf/0 true', 'allOf/1 true', 'not true'],
    ...['dependentSchemas/a true', 'items false'],
  ]);
  const mapped = mapInner(schema, () => true);
  expect(mapped).toMatchObject({ properties: { a: true }, allOf: [true, true], items: true, enum: schema.enum });
  expect(schema.items).toEqual({ properties: { f: text } });
});
