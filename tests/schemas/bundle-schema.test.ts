import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { bundleSchema } from '../../schemas/bundle-schema.ts';
import type { JsonSchema } from '../../schemas/contract.ts';

const text: JsonSchema = { type: 'string', title: 'kept', 'x-mine': 1, example: 'a' };

test('what is used once stands where it stood, without what says nothing', () => {
  expect(bundleSchema({ $id: 'https://example.com', properties: { a: text }, $defs: { b: text } })).toEqual({
    properties: { a: { type: 'string', title: 'kept' } },
  });
});

test('what is used twice stands under $defs', () => {
  expect(bundleSchema({ properties: { a: text, b: text } })).toEqual({
    properties: { a: { $ref: '#/$defs/0' }, b: { $ref: '#/$defs/0' } },
    $defs: { 0: { type: 'string', title: 'kept' } },
  });
});

test('a circle of objects becomes one of references, which a validator takes', () => {
  const node: JsonSchema = { type: 'object', properties: { code: text } };
  node.properties = { code: text, next: { anyOf: [node, { type: 'null' }] } };
  const validate = new Ajv2020().compile(bundleSchema(node));
  expect(validate({ code: 'a', next: { code: 'b', next: null } })).toBe(true);
  expect(validate({ code: 'a', next: { code: 'b', next: { code: 1 } } })).toBe(false);
});

test('names of properties and data are no schemas', () => {
  const odd = JSON.parse('{"properties": {"__proto__": {"type": "string"}, "allOf": {"const": {"items": 1}}}}');
  expect(JSON.stringify(bundleSchema(odd))).toBe(JSON.stringify(odd));
});
