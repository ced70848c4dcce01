import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Contract } from '../../schemas/contract.ts';
import { loadContract } from '../../schemas/load-contract.ts';
import { bodiesOf } from '../../schemas/read-responses.ts';

const CLAUSES = readFileSync(new URL('../../schemas/clauses.yaml', import.meta.url), 'utf8');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'responses-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** A contract with two operations, whose responses are given as YAML. */
function load(one: string, two: string, more = '', version = '3.1.0'): Contract {
  const operation = (id: string, responses: string) =>
    `{operationId: ${id}, tags: [t], summary: s, responses: {'200': {description: d}, ${responses}}}`;
  writeFileSync(
    join(directory, 'openapi.yaml'),
    `
openapi: ${version}
info: {title: T, version: '1'}
${more}
paths:
  /one: {get: ${operation('one', one)}}
  /two: {get: ${operation('two', two)}}
components:
  schemas:
    Problem:
      type: object
      properties: {title: {type: string}, causes: {type: array, items: {$ref: '#/components/schemas/Problem'}}}
`,
  );
  writeFileSync(join(directory, 'clauses.yaml'), CLAUSES);
  return loadContract(directory);
}

const json = (schema: string) => `{description: d, content: {application/json: {schema: ${schema}}}}`;
const PROBLEM = "{$ref: '#/components/schemas/Problem'}";

describe('the published statuses', () => {
  test('are those that operations name, where the document lists none', () => {
    const contract = load(
      `'404': ${json('{}')}, '302': {description: d}`,
      `'422': ${json('{}')}, default: ${json('{}')}`,
    );
    expect(contract.statusNames).toEqual({ 404: 'Not Found', 422: 'Unprocessable Entity' });
    expect(contract.operations.map(({ errors }) => errors)).toEqual([[404], [404, 422]]);
    expect(contract.operations[0]?.notApplicable).toEqual({ 422: 'the contract does not document it here' });
  });

  test('have a name of their own, or none that is known', () => {
    expect(load(`'499': ${json('{}')}`, `'409': ${json('{}')}`).statusNames).toEqual({
      409: 'Conflict',
      499: 'Status 499',
    });
  });

  test('a range and `default` document the usual statuses where nobody names one', () => {
    const usual = [400, 401, 403, 404, 409, 422, 429, 500];
    expect(load(`4XX: ${json('{}')}`, `default: ${json('{}')}`).statuses).toEqual(usual);
    const contract = load(
      `4XX: ${json('{}')}`,
      `default: ${json('{}')}`,
      "x-status-names: {'404': Gone, '500': Broken}",
    );
    expect(contract.operations.map(({ errors }) => errors)).toEqual([[404], [404, 500]]);
  });

  test('are accounted for one by one, once a reason is given anywhere', () => {
    const reason = "'404': {description: d}}, x-not-applicable: {'422': why";
    expect(() => load(reason, `'422': ${json('{}')}`)).toThrow(/two.*404 in neither/);
  });

  test.each(['40X', '4xx', '600', 'Default', '20O'])('%s is none, and no range', (key) => {
    expect(() => load(`'${key}': {description: d}`, `'404': {description: d}`)).toThrow(
      `expected published error statuses, ranges such as 4XX, or default, found ${key}`,
    );
  });
});

describe('the body of an error', () => {
  test('is that of its status, or else of its range, or else the default', () => {
    const { operations } = load(
      `'404': ${json('{type: string}')}, 4XX: ${json('{type: integer}')}, default: ${json('{type: boolean}')}`,
      `'404': {description: nothing is said of its content}`,
    );
    const typeOf = (status: number) => bodiesOf(operations[0]?.errorBodies ?? {}, status)?.['application/json']?.type;
    expect([404, 422, 500].map(typeOf)).toEqual(['string', 'integer', 'boolean']);
    expect(operations[1]?.errorBodies).toEqual({ 404: {} });
    expect(bodiesOf({ 404: {} }, 500)).toBeUndefined();
  });

  test('has a schema for each media type, or takes anything', () => {
    const content = `{'application/problem+json; charset=utf-8': {schema: ${PROBLEM}}, 'text/*': {}, '*/*': {schema: true}}`;
    const [one] = load(`'404': {description: d, content: ${content}}`, `'404': {description: d}`).operations;
    const bodies = one?.errorBodies[404] ?? {};
    expect(Object.keys(bodies)).toEqual(['application/problem+json; charset=utf-8', 'text/*', '*/*']);
    expect(bodies['text/*']).toEqual({});
    expect(() => load(`'404': {description: d, content: {json: {}}}`, `'404': {description: d}`)).toThrow(
      'expected a media type such as application/json, found json',
    );
  });

  test('may hold itself, be put together, and be told apart by a discriminator', () => {
    const oneOf = `{oneOf: [${PROBLEM}, {allOf: [${PROBLEM}, {required: [code]}]}], discriminator: {propertyName: title, mapping: {a: '#/components/schemas/Problem'}}, x-vendor: yes}`;
    const [one] = load(`'404': ${json(oneOf)}`, `'404': ${json(PROBLEM)}`).operations;
    expect(one?.errorBodies[404]?.['application/json']).toMatchObject({ discriminator: { propertyName: 'title' } });
  });

  test('that holds one value to itself is refused', () => {
    const itself =
      "{type: object, allOf: [{$ref: '#/paths/~1one/get/responses/404/content/application~1json/schema'}]}";
    expect(() => load(`'404': ${json(itself)}`, `'404': ${json(PROBLEM)}`)).toThrow(
      /expected a schema that holds a value to at most 10000 others, found a circle/,
    );
  });

  test('is read from OpenAPI 3.0, too', () => {
    const old =
      '{type: object, properties: {code: {type: integer, nullable: true, minimum: 0, exclusiveMinimum: true, example: 1}}}';
    const [one] = load(`'404': ${json(old)}`, `'404': ${json(PROBLEM)}`, '', '3.0.3').operations;
    expect(one?.errorBodies[404]?.['application/json']?.properties).toEqual({
      code: { type: ['integer', 'null'], exclusiveMinimum: 0, example: 1 },
    });
  });
});
