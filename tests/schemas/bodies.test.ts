import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { lookUpDocumented } from '../../judge/documented.ts';
import type { Json } from '../../schemas/contract.ts';
import { loadContract } from '../../schemas/load-contract.ts';

const contract = loadContract();
const documentedFor = lookUpDocumented(contract);
const schemaOf = (status: number) => documentedFor({ operation: 'any', status }).schema ?? {};
const ajv = new Ajv2020({ keywords: ['x-field-errors'] });
const validators = new Map(contract.statuses.map((status) => [status, ajv.compile(schemaOf(status))]));

/** The published table, row by row. */
const PUBLISHED: [status: number, name: string, description: string][] = [
  [400, 'Bad Request', 'Your request is invalid.'],
  [401, 'Unauthorized', 'Your API key is wrong.'],
  [403, 'Forbidden', 'The object requested is hidden for administrators only.'],
  [404, 'Not Found', 'The specified object could not be found.'],
  [422, 'Unprocessable Entity', 'Your request failed validation.'],
  [429, 'Too Many Requests', "You're requesting too many kittens! Slow down!"],
  [500, 'Internal Server Error', 'We had a problem with our server. Try again later.'],
  [501, 'Not Implemented', 'The server does not support the functionality required to fulfill the request.'],
  [504, 'Gateway Timeout', 'Your request took too long to response.'],
];

function publishedBodies(status: number): Json[] {
  return (schemaOf(status).examples ?? []) as Json[];
}

/** A 422 answer with these validation errors, or without any when left out. */
function invalid(errors?: Json): Json {
  return errors === undefined ? { summary: 'No' } : { summary: 'No', validation_errors: errors };
}

/** Bodies that no status may answer with; each is completed to a full 422 so that only the fault named breaks it. */
const WRONG_EVERYWHERE: Record<string, Json> = {
  'no summary': {},
  'null summary': { summary: null },
  'empty summary': { summary: '' },
  'blank summary': { summary: ' \t\n' },
  'number for summary': { summary: 7 },
  'list for summary': { summary: ['No'] },
  'another key': { error: 'No' },
  'nested under errors': { errors: { detail: 'Not Found' } },
  'list for body': [{ summary: 'No' }],
  'text for body': 'No',
  'null for body': null,
};

const WRONG_422: Record<string, Json> = {
  'no validation_errors': invalid(),
  'null validation_errors': invalid(null),
  'list of validation_errors': invalid([]),
  'text for validation_errors': invalid('name is taken'),
  'text for reasons': invalid({ name: 'is taken' }),
  'no reasons': invalid({ name: [] }),
  'number for a reason': invalid({ name: [7] }),
  'null for a reason': invalid({ name: [null] }),
  'empty reason': invalid({ name: [''] }),
  'blank reason': invalid({ name: ['is taken', ' '] }),
  'nested reasons': invalid({ source: { include_schemas: ['is taken'] } }),
};

test('there is a schema for each published status and for no other', () => {
  expect(contract.statuses).toEqual(PUBLISHED.map(([status]) => status));
  expect(contract.statusNames).toEqual(Object.fromEntries(PUBLISHED.map(([status, name]) => [status, name])));
});

test.each(PUBLISHED)('%i %s is described in the published words', (status, name, description) => {
  expect(schemaOf(status)).toMatchObject({ title: `${status} ${name}`, description });
});

test.each(contract.statuses)('the published body of %i holds its schema', (status) => {
  const examples = publishedBodies(status);
  expect(examples).toHaveLength(1);
  expect(validators.get(status)?.(examples[0])).toBe(true);
});

test.each(contract.statuses)('a further field does not break a %i', (status) => {
  const [example] = publishedBodies(status);
  expect(validators.get(status)?.({ ...(example as object), code: 'x' })).toBe(true);
});

test.each(Object.entries(WRONG_EVERYWHERE))('no status takes a body with %s', (_, body) => {
  const whole = typeof body === 'object' && body !== null && !Array.isArray(body);
  const full = whole ? { validation_errors: { name: ['is taken'] }, ...body } : body;
  for (const status of contract.statuses) expect(validators.get(status)?.(full), String(status)).toBe(false);
});

test.each(Object.entries(WRONG_422))('422 does not take %s', (_, body) => {
  expect(validators.get(422)?.(body)).toBe(false);
});

test('422 takes several fields with several reasons, and none at all', () => {
  expect(validators.get(422)?.(invalid({ name: ['is taken', 'is too long'], status: ['is invalid'] }))).toBe(true);
  expect(validators.get(422)?.(invalid({}))).toBe(true);
});
