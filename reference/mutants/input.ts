import type { Alteration } from '../alteration.ts';
import { errorsAt, flawless, withBody } from '../altering.ts';
import type { JsonObject } from '../request-body.ts';
import type { Seeded } from './mutant.ts';

/** Crashes over the bodies of an operation that a test picks, before they are validated. */
function crashing(operation: string, applies: (body: JsonObject) => boolean): NonNullable<Alteration['parts']> {
  return ({ check }) => ({
    check: (id, body, context) => {
      if (id === operation && applies(body)) throw new Error('Nobody expected this.');
      check(id, body, context);
    },
  });
}

/** A crash over generated bodies of one operation. */
function crash(
  id: string,
  breaks: string,
  operation: string,
  applies: (body: JsonObject) => boolean,
  generation: Seeded['generation'] = 'quick',
): Seeded {
  return {
    id: `input-${id}`,
    breaks: `500 for ${breaks}`,
    where: { operation, status: 422 },
    trips: ['meaning-422'],
    generation,
    parts: crashing(operation, applies),
  };
}

/** Every text in a value, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const someText = (test: (text: string) => boolean) => (body: JsonObject) => textsOf(body).some(test);

/** Defects that show for input which nobody thought of: only generated requests find them. */
export const INPUT: Seeded[] = [
  crash(
    'long-text',
    'a text longer than a column',
    'createHttpEndpoint',
    someText((text) => text.length > 255),
  ),
  crash(
    'nul',
    'a NUL character',
    'createHttpEndpoint',
    someText((text) => text.includes('\0')),
  ),
  crash(
    'surrogate',
    'half a surrogate pair',
    'createHttpEndpoint',
    someText((text) => /[\ud800-\udfff]/u.test(text)),
  ),
  crash('nested', 'a value nested one level down', 'updateHttpEndpoint', ({ url }) => Array.isArray(url), 'deep'),
  crash(
    'number',
    'a number where a text belongs',
    'createHttpEndpoint',
    ({ name }) => typeof name === 'number',
    'deep',
  ),
  crash(
    'beyond-64-bit',
    'a number beyond 64 bits',
    'createPostgresDatabase',
    ({ port }) => Number(port) > 2 ** 63,
    'deep',
  ),
  crash(
    'absent-field',
    'a wrong value of a field that no example has',
    'createSink',
    ({ max_retry_count: most }) => typeof most === 'boolean',
    'deep',
  ),
  crash(
    'two-fields',
    'two fields that are both of another type',
    'updateHttpEndpoint',
    ({ url, headers }) =>
      url !== undefined && typeof url !== 'string' && headers !== undefined && typeof headers !== 'object',
    'deep',
  ),
  crash(
    'deep-search',
    'a character that only a search comes upon',
    'createHttpEndpoint',
    someText((text) => /[<%]/.test(text)),
    'deep',
  ),
  {
    id: 'input-framework',
    breaks: "the framework's own 500 for a blank text",
    where: { operation: 'createHttpEndpoint', status: 422 },
    trips: ['meaning-422', 'fields-500', 'undocumented-field'],
    generation: 'quick',
    parts: crashing(
      'createHttpEndpoint',
      someText((text) => text !== '' && text.trim() === ''),
    ),
    answer: (answer, { operation, headers }) =>
      answer.status === 500 && operation === 'createHttpEndpoint' && headers['x-account'] === undefined
        ? withBody(answer, { errors: { detail: 'Internal Server Error' } })
        : answer,
  },
  {
    id: 'input-undocumented',
    breaks: '413 for a text of ten thousand characters',
    where: { operation: 'createHttpEndpoint', status: 422 },
    trips: ['error-status-documented', 'meaning-422'],
    generation: 'quick',
    answer: (answer, { method, operation, headers }) =>
      method === 'POST' && operation === 'createHttpEndpoint' && Number(headers['content-length']) > 9_000
        ? flawless(413)
        : answer,
    // What is answered with an error must not have been carried out.
    parts: crashing(
      'createHttpEndpoint',
      someText((text) => text.length > 9_000),
    ),
  },
  {
    id: 'input-path',
    breaks: '500 for a name of two thousand characters in a path',
    trips: ['meaning-404'],
    generation: 'quick',
    ...errorsAt(
      { operation: 'getHttpEndpoint', status: 404 },
      () => flawless(500),
      ({ path }) => path.length > 1_000,
    ),
  },
  {
    id: 'input-path-undocumented',
    breaks: '414 for a name of two thousand characters in a path',
    trips: ['error-status-documented', 'meaning-404'],
    generation: 'quick',
    ...errorsAt(
      { operation: 'getHttpEndpoint', status: 404 },
      () => flawless(414),
      ({ path }) => path.length > 1_000,
    ),
  },
];
