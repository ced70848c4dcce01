import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Json, JsonSchema, Operation, RequestBody } from '../../schemas/contract.ts';
import { loadContract } from '../../schemas/load-contract.ts';

const { operations, statuses } = loadContract();
const byId = new Map(operations.map((operation) => [operation.id, operation]));
const withBody = operations.flatMap(({ id, body }) => (body ? [{ id, body }] : []));
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);

const IDS = [
  ...['listSinks', 'createSink', 'getSink', 'updateSink', 'deleteSink'],
  ...['listBackfills', 'createBackfill', 'getBackfill', 'updateBackfill', 'deleteBackfill'],
  ...['listHttpEndpoints', 'createHttpEndpoint', 'getHttpEndpoint', 'updateHttpEndpoint', 'deleteHttpEndpoint'],
  ...['listPostgresDatabases', 'createPostgresDatabase', 'getPostgresDatabase', 'updatePostgresDatabase'],
  ...['deletePostgresDatabase', 'testPostgresConnection', 'refreshPostgresTables'],
];

const DESTINATIONS = [
  ...['azure_event_hub', 'elasticsearch', 'gcp_pubsub', 'kafka', 'kinesis', 'meilisearch', 'nats', 'rabbitmq'],
  ...['redis_stream', 'redis_string', 's2', 'sequin_stream', 'sns', 'sqs', 'typesense', 'webhook'],
];

function bodyOf(id: string): RequestBody {
  const body = byId.get(id)?.body;
  if (!body) throw new Error(`${id} takes no body`);
  return body;
}

/** The path parameters of an operation, from its template. */
function pathNames(operation: Operation): string[] {
  return [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
}

/** Every property of a schema by dotted path, through objects, items and variants; `[]` stands for an item. */
function schemaPaths(schema: JsonSchema, prefix = ''): string[] {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const variants = [...((schema.oneOf ?? []) as JsonSchema[]), ...((schema.anyOf ?? []) as JsonSchema[])];
  return [
    ...properties.flatMap(([name, property]) => [`${prefix}/${name}`, ...schemaPaths(property, `${prefix}/${name}`)]),
    ...(schema.items ? schemaPaths(schema.items as JsonSchema, `${prefix}/[]`) : []),
    ...variants.flatMap((variant) => schemaPaths(variant, prefix + variantName(variant))),
  ];
}

/** Tells variants apart that have a `type` constant, so that a field of one does not cover that of another. */
function variantName(variant: JsonSchema): string {
  const type = (variant.properties as Record<string, JsonSchema> | undefined)?.type;
  return type?.const ? `<${type.const}>` : '';
}

/** Every non-null value of an example by the same path. */
function valuePaths(value: Json, prefix = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuePaths(item, `${prefix}/[]`));
  if (typeof value !== 'object' || value === null) return [];
  const inside = typeof value.type === 'string' ? `${prefix}<${value.type}>` : prefix;
  return Object.entries(value).flatMap(([name, item]) =>
    item === null ? [] : [`${inside}/${name}`, ...valuePaths(item, `${inside}/${name}`)],
  );
}

test('openapi.yaml is valid OpenAPI 3.1', async () => {
  const text = readFileSync(new URL('../../schemas/openapi.yaml', import.meta.url), 'utf8');
  const source = load(text) as Record<string, unknown>;
  const validator = new Validator();
  for (const status of statuses) {
    const body = readFileSync(new URL(`../../schemas/${status}.json`, import.meta.url), 'utf8');
    await validator.addSpecRef(JSON.parse(body), `./${status}.json`);
  }
  expect(await validator.validate(source)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('has the documented operations, in order', () => {
  expect(operations.map(({ id }) => id)).toEqual(IDS);
});

test.each(operations)('$id accounts for each published status once', ({ errors, notApplicable }) => {
  const excused = Object.keys(notApplicable).map(Number);
  expect([...errors, ...excused].sort((a, b) => a - b)).toEqual(statuses);
  for (const reason of Object.values(notApplicable)) expect(reason).toMatch(/\w+ \w+/);
});

test.each(operations)('$id documents the errors its shape allows', (operation) => {
  const named = pathNames(operation).length > 0;
  const input = operation.parameters.length > 0 || operation.body !== undefined;
  expect(operation.errors).toEqual(expect.arrayContaining([401, 429, 500, 501, 504]));
  expect(operation.errors.includes(400)).toBe(input);
  expect(operation.errors.includes(403)).toBe(named);
  expect(operation.errors.includes(404)).toBe(named);
  const checks = ['deletePostgresDatabase', 'testPostgresConnection', 'refreshPostgresTables'].includes(operation.id);
  expect(operation.errors.includes(422)).toBe(operation.body !== undefined || checks);
});

test.each(operations)('$id declares the path parameters of its template', (operation) => {
  const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
  expect(declared.map(({ name }) => name)).toEqual(pathNames(operation));
  expect(declared.every(({ required }) => required)).toBe(true);
});

test.each(withBody)('each example body of $id is valid', ({ body }) => {
  const validate = ajv.compile(body.schema);
  for (const [name, example] of Object.entries(body.examples)) {
    expect(validate(example), `${name}: ${ajv.errorsText(validate.errors)}`).toBe(true);
  }
});

test.each(withBody)('each property of the body of $id has a value in some example', ({ body }) => {
  const shown = new Set(Object.values(body.examples).flatMap((example) => valuePaths(example)));
  expect(schemaPaths(body.schema).filter((path) => !shown.has(path))).toEqual([]);
});

test.each(withBody)('each example of $id shows only documented properties', ({ body }) => {
  const known = new Set(schemaPaths(body.schema));
  const free = /\/(headers|encrypted_headers|annotations)\//;
  const shown = Object.values(body.examples).flatMap((example) => valuePaths(example));
  expect(shown.filter((path) => !free.test(path) && !known.has(path))).toEqual([]);
});

test.each(withBody)('the body schema of $id is a plain tree that refuses what is no object', ({ body }) => {
  expect(JSON.stringify(body.schema)).not.toMatch(/"\$ref"|"allOf"|"mapping"/);
  const validate = ajv.compile(body.schema);
  for (const wrong of [null, [], 'text', 7]) expect(validate(wrong)).toBe(false);
});

test('createSink and updateSink have an example for each destination', () => {
  const types = (id: string): Json[] =>
    Object.values(bodyOf(id).examples).flatMap((example) => {
      const { destination } = example as { destination?: { type: Json } };
      return destination ? [destination.type] : [];
    });
  expect(types('createSink').sort()).toEqual(DESTINATIONS);
  expect(types('updateSink').sort()).toEqual(DESTINATIONS);
});

test('a destination of one type with the fields of another is refused', () => {
  const { schema, examples } = bodyOf('createSink');
  const update = bodyOf('updateSink').schema;
  const { kafka, webhook } = examples as Record<string, { destination: object }>;
  const mixed = { ...kafka?.destination, type: 'webhook' };
  expect(ajv.validate(schema, { ...webhook, destination: mixed })).toBe(false);
  expect(ajv.validate(update, { destination: { type: 'kafka', hosts: 7 } })).toBe(false);
  expect(ajv.validate(update, { destination: { type: 'kafka' } })).toBe(true);
});

test.each(operations)('the links of $id name operations and fill their path parameters', (operation) => {
  for (const link of operation.links) {
    const target = byId.get(link.operationId);
    expect(target, link.operationId).toBeDefined();
    expect(Object.keys(link.parameters).sort()).toEqual(pathNames(target as Operation).sort());
    for (const expression of Object.values(link.parameters)) {
      const [, own] = /^\$request\.path\.(\w+)$/.exec(expression) ?? [];
      if (own) expect(pathNames(operation)).toContain(own);
      else expect(expression).toMatch(/^\$response\.body#\/(id|data\/0\/id)$/);
    }
  }
});

test('each operation on an object can be reached by a link', () => {
  const reached = new Set(operations.flatMap(({ links }) => links.map(({ operationId }) => operationId)));
  const named = operations.filter((operation) => pathNames(operation).length > 0);
  expect(named.filter(({ id }) => !reached.has(id))).toEqual([]);
});

test('references and refusals name operations that create', () => {
  const text = JSON.stringify(operations);
  const references = [...text.matchAll(/"x-references":\{"operationId":"(\w+)","value":"([^"]+)"\}/g)];
  expect(new Set(references.map(([, id]) => id))).toEqual(new Set(['createPostgresDatabase', 'createHttpEndpoint']));
  expect(new Set(references.map(([, , value]) => value))).toEqual(new Set(['$response.body#/name']));
  const refusing = operations.filter(({ refusedWhileUsedBy }) => refusedWhileUsedBy);
  expect(refusing.map(({ id, refusedWhileUsedBy }) => [id, refusedWhileUsedBy])).toEqual([
    ['deletePostgresDatabase', 'createSink'],
  ]);
});
