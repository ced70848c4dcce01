import { expect, test } from 'vitest';
import { documentedFields } from '../../judge/documented-fields.ts';
import type { JsonSchema } from '../../schemas/contract.ts';

const a = { type: 'object', properties: { a: {} } };
const b = { type: 'object', properties: { b: {} } };

test.each<[string, JsonSchema, string[]]>([
  ['properties', a, ['a']],
  ['properties and no others', { ...a, additionalProperties: false }, ['a']],
  ['parts', { ...a, allOf: [b, { description: 'only words' }] }, ['a', 'b']],
  ['alternatives', { anyOf: [a, { allOf: [b] }] }, ['a', 'b']],
  ['alternatives that ask for fields', { ...a, anyOf: [{ required: ['a'] }, { required: ['b'] }] }, ['a']],
  ['alternatives, one of them nothing', { oneOf: [a, { type: 'null' }] }, ['a']],
  ['conditions', { ...a, if: { required: ['a'] }, ...Object.fromEntries([['then', b]]) }, ['a', 'b']],
])('%s name the fields', (_, schema, fields) => {
  expect(documentedFields(schema)).toEqual(fields);
});

test.each<[string, JsonSchema]>([
  ['no properties', { type: 'object' }],
  ['nothing at all', {}],
  ['any more properties', { ...a, additionalProperties: true }],
  ['more properties of a kind', { ...a, additionalProperties: { type: 'string' } }],
  ['any more in a part', { allOf: [a, { type: 'object', additionalProperties: true }] }],
  ['patterns', { ...a, patternProperties: { '^x-': {} } }],
  ['an alternative that takes any object', { anyOf: [a, { type: 'object' }] }],
  ['an alternative that takes anything', { oneOf: [a, {}] }],
])('with %s any field is documented', (_, schema) => {
  expect(documentedFields(schema)).toBeUndefined();
});

test('a schema that holds itself has the fields it names', () => {
  const node: JsonSchema = { properties: { a: {} } };
  node.allOf = [{ anyOf: [node, b] }];
  expect(documentedFields(node)).toEqual(['a', 'b']);
});
