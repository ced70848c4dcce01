import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadContract } from '../../schemas/load-contract.ts';

/** A contract with one operation and one status; small, so that each test changes one line of it. */
const OPENAPI = `
openapi: 3.1.0
info: {title: Example API, version: '1'}
servers: [{url: 'https://api.example.com/v1'}, {url: /v1}, {url: 'https://{region}.example.com'}]
x-status-names: {'404': Not Found}
paths:
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}]
    patch:
      operationId: updateThing
      tags: [things]
      summary: Update a thing
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, minLength: 2}}
        - {name: dry, in: query, schema: {type: boolean}}
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}, examples: {one: {value: {id: ab}}}}}
      responses:
        '200': {description: Updated}
        '404': {$ref: '#/components/responses/NotFound'}
components:
  responses: {NotFound: {description: None, content: {application/json: {schema: {$ref: ./404.json}}}}}
  schemas:
    Id: {type: string}
    Thing: {type: object, properties: {id: {$ref: '#/components/schemas/Id', x-unique: true}}}
`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'contract-'));
  put('openapi.yaml', OPENAPI);
  put('404.json', '{"type":"object"}');
  put('clauses.yaml', 'clauses: [{id: some-clause}]');
});

afterEach(() => rmSync(directory, { recursive: true }));

function put(name: string, text: string): void {
  writeFileSync(join(directory, name), text);
}

/** Replaces one part of openapi.yaml; fails when it is not there, so that no test passes by accident. */
function edit(from: string, to: string): void {
  expect(OPENAPI).toContain(from);
  put(
    'openapi.yaml',
    OPENAPI.replace(from, () => to),
  );
}

function failure(): string {
  try {
    loadContract(directory);
  } catch (error) {
    return (error as Error).message.replace(`${directory}/`, '');
  }
  return 'no error';
}

test('reads a contract of another API', () => {
  const { operations, ...rest } = loadContract(directory);
  expect(rest).toEqual({
    title: 'Example API',
    version: '1',
    servers: ['https://api.example.com/v1', 'https://{region}.example.com'],
    statuses: [404],
    statusNames: { 404: 'Not Found' },
    schemas: { 404: { type: 'object' } },
    clauses: [{ id: 'some-clause' }],
  });
  expect(operations).toEqual([
    {
      id: 'updateThing',
      method: 'PATCH',
      path: '/things/{id}',
      tag: 'things',
      summary: 'Update a thing',
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', minLength: 2 } },
        { name: 'dry', in: 'query', required: false, schema: { type: 'boolean' } },
      ],
      body: {
        required: false,
        schema: { type: 'object', properties: { id: { type: 'string', 'x-unique': true } } },
        examples: { one: { id: 'ab' } },
      },
      successes: [200],
      errors: [404],
      notApplicable: {},
      links: [],
    },
  ]);
});

test('reads a copy of the contract as it reads the contract', () => {
  cpSync(new URL('../../schemas/', import.meta.url), directory, { recursive: true });
  expect(loadContract(directory)).toEqual(loadContract());
});

test.each([
  ['404.json', '{"type":', /^404\.json: expected JSON, found a mistake: .*JSON/],
  ['404.json', '[]', /^404\.json: the document: expected an object, found \[\]$/],
  ['clauses.yaml', 'a: [', /^clauses\.yaml: expected YAML, found a mistake: .*\(1:\d+\)$/],
  ['clauses.yaml', 'clauses: none', /^clauses\.yaml: clauses: expected a list, found "none"$/],
  ['clauses.yaml', 'clauses: [{}]', /^clauses\.yaml: clauses\[0\]\.id: expected text, found nothing$/],
  ['openapi.yaml', '', /^openapi\.yaml: expected YAML, found a mistake: .*empty$/],
  ['openapi.yaml', 'info: {}', /^openapi\.yaml: x-status-names: expected an object, found nothing$/],
])('%s with %j is refused', (name, text, message) => {
  put(name, text);
  expect(failure()).toMatch(message);
});

test.each(['openapi.yaml', 'clauses.yaml', '404.json'])('a missing %s is told', (name) => {
  rmSync(join(directory, name));
  expect(failure()).toMatch(new RegExp(`^${name}: expected a readable file, found ENOENT`));
});

test.each([
  [
    'schemas/Thing',
    'schemas/Nothing',
    '$ref: expected a reference to something that exists, found #/components/schemas/Nothing',
  ],
  ['./404.json', './500.json', '$ref: expected a reference to something that exists, found ./500.json'],
  ["'404': Not Found", "'404': Not Found, '500': Oops", '500.json: expected a readable file'],
  [
    'Id: {type: string}',
    "Id: {$ref: '#/components/schemas/Id'}",
    '$ref: expected references without a cycle, found #/components/schemas/Id → #/components/schemas/Id',
  ],
  ['operationId: updateThing', 'x-id: updateThing', 'PATCH /things/{id} operationId: expected text, found nothing'],
  ["'200': {", "'302': {", 'PATCH /things/{id} responses: expected at least one 2xx status, found none'],
  [
    "'404': {$ref",
    "'418': {$ref",
    'PATCH /things/{id} responses: expected only 2xx and published error statuses, found 418',
  ],
  ['tags: [things]', "tags: [things]\n      x-not-applicable: {'404': no}", 'found 404 in both'],
  ['in: query', 'in: cookie', 'PATCH /things/{id} parameter dry: expected a path or query parameter, found "cookie"'],
  [
    "application/json: {schema: {$ref: '#/",
    "text/plain: {schema: {$ref: '#/",
    'requestBody content application/json: expected an object',
  ],
])('openapi.yaml with %j as %j is refused', (from, to, message) => {
  edit(from, to);
  expect(failure()).toContain(message);
});

test('a status that is neither documented nor excused is told', () => {
  edit("x-status-names: {'404': Not Found}", "x-status-names: {'404': Not Found, '500': Oops}");
  put('500.json', '{}');
  expect(failure()).toContain(
    'PATCH /things/{id}: expected each published status in either `responses` or `x-not-applicable`, found 500 in neither',
  );
});

test('no reference is left in the contract', () => {
  expect(readFileSync(new URL('../../schemas/openapi.yaml', import.meta.url), 'utf8')).toContain('$ref');
  expect(JSON.stringify(loadContract().operations)).not.toContain('"$ref"');
});
