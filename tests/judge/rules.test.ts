import { describe, expect, test } from 'vitest';
import type { Json, JsonSchema } from '../../schemas/contract.ts';
import { publishedBody } from './sample-exchange.ts';
import { CONTRACT, LAW } from './sample-law.ts';

const schemaOf = (status: number) => LAW.rules.documentedFor({ operation: 'any', status }).schema ?? {};
const judge = (schema: JsonSchema, body: Json) => LAW.rules.judgeBody(schema, body);

describe('the rules of the contract', () => {
  test.each(CONTRACT.statuses)('take the published body of %i', (status) => {
    expect(judge(schemaOf(status), publishedBody(status))).toEqual([]);
    for (const example of (schemaOf(status).examples ?? []) as []) expect(judge(schemaOf(status), example)).toEqual([]);
  });

  test('name every problem and its place', () => {
    const body = { summary: ' ', validation_errors: { a: [], 'b/c': [1, ' '] } };
    expect(judge(schemaOf(422), body)).toEqual([
      { message: '/summary is blank', pointer: '/summary' },
      { message: '/validation_errors/a must NOT have fewer than 1 items', pointer: '/validation_errors/a' },
      { message: '/validation_errors/b~1c/0 must be string', pointer: '/validation_errors/b~1c/0' },
      { message: '/validation_errors/b~1c/1 is blank', pointer: '/validation_errors/b~1c/1' },
    ]);
  });
});

describe('the rules of another contract', () => {
  test('follow its schemas, formats included', () => {
    const schema = {
      type: 'object',
      required: ['at'],
      properties: { at: { type: 'string', format: 'date-time' } },
    };
    expect(judge(schema, { at: '2026-01-01T00:00:00Z' })).toEqual([]);
    expect(judge(schema, { at: 'noon' })).toEqual([{ message: '/at must match format "date-time"', pointer: '/at' }]);
    expect(judge(schema, {})).toEqual([{ message: 'field "at" is missing', pointer: '', missing: 'at' }]);
  });

  test('tell a pattern by its own words, unless it only asks for text', () => {
    const schema = { properties: { code: { pattern: '^E\\d+$' }, why: { pattern: '\\S' } } };
    expect(judge(schema, { code: 'x', why: ' ' })?.map(({ message }) => message)).toEqual([
      '/code must match pattern "^E\\d+$"',
      '/why is blank',
    ]);
  });

  test('take a schema without properties', () => {
    expect(judge({ type: 'array' }, [])).toEqual([]);
  });

  test('take what has properties for an object, whether or not it says so', () => {
    expect(judge({ properties: { code: {} } }, [])).toEqual([{ message: 'the body must be object', pointer: '' }]);
  });

  test('take what is merely unusual', () => {
    expect(judge({ allOf: [{ required: ['code'] }], 'x-vendor': 1, example: {} }, { code: 1 })).toEqual([]);
  });

  test('take no keyword that nobody knows', () => {
    expect(() => judge({ unknown: 1 }, {})).toThrow(/unknown keyword/);
  });
});

describe('a schema that holds itself', () => {
  const node: JsonSchema = { type: 'object', required: ['code'], properties: { code: { type: 'string' } } };
  (node.properties as JsonSchema).causes = { type: 'array', items: node };

  test('judges at every depth', () => {
    expect(judge(node, { code: 'a', causes: [{ code: 'b', causes: [] }] })).toEqual([]);
    expect(judge(node, { code: 'a', causes: [{ code: 'b', causes: [{ code: 1 }] }] })).toEqual([
      { message: '/causes/0/causes/0/code must be string', pointer: '/causes/0/causes/0/code' },
    ]);
    expect(LAW.rules.placeOf(node, '/causes/3/causes/1/code')).toBe('/causes/0/causes/0/code');
  });

  test('says nothing of a body without an end', () => {
    let body: Json = { code: 'a' };
    for (let depth = 0; depth < 100_000; depth += 1) body = { code: 'a', causes: [body] };
    expect(judge(node, body)).toBeUndefined();
  });
});

test('with a discriminator, a body may fit several alternatives', () => {
  const oneOf = [{ properties: { kind: {} } }, { properties: { kind: {}, more: {} } }];
  expect(judge({ type: 'object', oneOf }, { kind: 'a' })).not.toEqual([]);
  expect(judge({ type: 'object', oneOf, discriminator: { propertyName: 'kind' } }, { kind: 'a' })).toEqual([]);
});
