import { describe, expect, test } from 'vitest';
import { makeRules } from '../../judge/rules.ts';
import type { Contract, JsonSchema } from '../../schemas/contract.ts';
import { publishedBody } from './sample-exchange.ts';
import { CONTRACT, LAW } from './sample-law.ts';

const withSchema = (schema: JsonSchema): Contract => ({ ...CONTRACT, statuses: [418], schemas: { 418: schema } });

describe('the rules of the contract', () => {
  test.each(CONTRACT.statuses)('take the published body of %i', (status) => {
    expect(LAW.rules.judgeBody(status, publishedBody(status))).toEqual([]);
    for (const example of (CONTRACT.schemas[status]?.examples ?? []) as [])
      expect(LAW.rules.judgeBody(status, example)).toEqual([]);
  });

  test('name every problem and its place', () => {
    const body = { summary: ' ', validation_errors: { a: [], 'b/c': [1, ' '] } };
    expect(LAW.rules.judgeBody(422, body)).toEqual([
      { message: '/summary is blank', pointer: '/summary' },
      { message: '/validation_errors/a must NOT have fewer than 1 items', pointer: '/validation_errors/a' },
      { message: '/validation_errors/b~1c/0 must be string', pointer: '/validation_errors/b~1c/0' },
      { message: '/validation_errors/b~1c/1 is blank', pointer: '/validation_errors/b~1c/1' },
    ]);
  });

  test('say nothing of a status that is not published', () => {
    expect(LAW.rules.judgeBody(418, {})).toBeUndefined();
  });

  test('know the canonical fields, and which of them maps fields to reasons', () => {
    expect(LAW.rules.canonicalFields[400]).toEqual(['summary']);
    expect(LAW.rules.canonicalFields[422]).toEqual(['summary', 'validation_errors']);
    expect(LAW.rules.canonicalFields[418]).toBeUndefined();
    expect(LAW.rules.fieldErrors).toEqual({ 422: 'validation_errors' });
  });
});

describe('the rules of another contract', () => {
  test('follow its schemas, formats included', () => {
    const rules = makeRules(
      withSchema({
        type: 'object',
        required: ['at'],
        properties: { at: { type: 'string', format: 'date-time' }, why: { 'x-field-errors': true } },
      }),
    );
    expect(rules.judgeBody(418, { at: '2026-01-01T00:00:00Z' })).toEqual([]);
    expect(rules.judgeBody(418, { at: 'noon' })).toEqual([
      { message: '/at must match format "date-time"', pointer: '/at' },
    ]);
    expect(rules.judgeBody(418, {})).toEqual([{ message: 'field "at" is missing', pointer: '', missing: 'at' }]);
    expect(rules.fieldErrors).toEqual({ 418: 'why' });
  });

  test('take a schema without properties', () => {
    const rules = makeRules(withSchema({ type: 'array' }));
    expect(rules.canonicalFields).toEqual({ 418: [] });
    expect(rules.judgeBody(418, [])).toEqual([]);
  });

  test('need a schema for each status', () => {
    expect(() => makeRules({ ...CONTRACT, schemas: {} })).toThrow(
      'The contract publishes status 400 but has no schema for its body.',
    );
  });

  test('take no keyword that nobody knows', () => {
    expect(() => makeRules(withSchema({ 'x-unknown': 1 })).judgeBody(418, {})).toThrow(/unknown keyword/);
  });
});
