import { bodyOf, withBody } from '../../reference/altering.ts';
import type { Answer } from '../../reference/message-bytes.ts';
import { atErrors, type Hostile } from './hostile.ts';

/** The bodies of errors, written anew from the right one. */
function body(write: (right: ReturnType<typeof bodyOf>, answer: Answer) => unknown): ReturnType<typeof atErrors> {
  return atErrors((answer) => withBody(answer, write(bodyOf(answer), answer)));
}

/** The right body with more text put in behind its first brace. */
function plus(text: string): ReturnType<typeof atErrors> {
  return body((right) => `{${text},${JSON.stringify(right).slice(1)}`);
}

/** The right body with bytes put in at the end of the summary. */
function spoilt(hex: string): ReturnType<typeof atErrors> {
  return body((right) => {
    const [before, after] = JSON.stringify({ ...right, summary: `${right.summary}@@` }).split('@@');
    return Buffer.concat([Buffer.from(before ?? ''), Buffer.from(hex, 'hex'), Buffer.from(after ?? '')]);
  });
}

const DEPTH = 100_000;
const MEGABYTE = 1_000_000;

const CONVICTED = { fault: 'theirs', checks: ['error-body-json'] } as const;
const FIELDS = { fault: 'theirs', checks: ['fields-404'] } as const;
const DRIFT = { fault: 'theirs', checks: ['undocumented-field'] } as const;

/** 50 MB, made once. */
const LONG_LIST = Buffer.from(`{"summary":"long","items":[${'"0123456789",'.repeat(3_850_000)}0]}`);

/** Servers whose bodies are made to hurt who reads them. */
export const BODIES: Hostile[] = [
  {
    id: 'json-deep-list',
    does: 'nests lists 100,000 deep',
    ...FIELDS,
    ...body(() => '['.repeat(DEPTH) + ']'.repeat(DEPTH)),
  },
  {
    id: 'json-deep-object',
    does: 'nests objects 100,000 deep in the reasons',
    fault: 'theirs',
    checks: ['fields-422'],
    ...body(
      (right) =>
        `{"summary":${JSON.stringify(right.summary)},"validation_errors":${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}}`,
    ),
  },
  {
    id: 'json-deep-unclosed',
    does: 'opens 500,000 lists and closes none',
    ...CONVICTED,
    ...body(() => '['.repeat(500_000)),
  },
  { id: 'json-50-mb', does: 'sends 50 MB of JSON', ...CONVICTED, ...body(() => LONG_LIST) },
  {
    id: 'json-many-names',
    does: 'sends 50,000 fields nobody has heard of',
    ...DRIFT,
    ...plus(Array.from({ length: 50_000 }, (_, index) => `"f${index}":${index}`).join(',')),
  },
  {
    id: 'json-same-names',
    does: 'sends the same field 50,000 times',
    ...DRIFT,
    ...plus(Array(50_000).fill('"same":1').join(',')),
  },
  {
    id: 'number-million-digits',
    does: 'sends a number with a million digits in place of the summary',
    ...FIELDS,
    ...body(() => `{"summary":${'9'.repeat(MEGABYTE)}}`),
  },
  {
    id: 'number-million-digits-aside',
    does: 'sends a number with a million digits beside the summary',
    ...DRIFT,
    ...plus(`"n":${'9'.repeat(MEGABYTE)}`),
  },
  { id: 'number-astronomic', does: 'sends 1e999999999', ...DRIFT, ...plus('"n":1e999999999,"m":-1e-999999999') },
  {
    id: 'proto-key',
    does: 'sends __proto__ as a field and as the name of a wrong field',
    fault: 'theirs',
    checks: ['undocumented-field', 'fields-404'],
    ...body((right, { status }) =>
      status === 404
        ? '{"__proto__":{"summary":"inherited","polluted":1}}'
        : `{"__proto__":{"polluted":1},${JSON.stringify(right).slice(1)}`,
    ),
  },
  {
    id: 'constructor-key',
    does: 'sends constructor, prototype and toString as fields',
    ...DRIFT,
    ...plus('"constructor":{"prototype":{"polluted":1}},"prototype":null,"toString":"x","hasOwnProperty":1'),
  },
  {
    id: 'proto-reasons',
    does: 'names __proto__ and constructor as what is wrong',
    fault: 'theirs',
    checks: ['offending-field-unnamed'],
    ...body((right, { status }) =>
      status === 422
        ? `{"summary":${JSON.stringify(right.summary)},"validation_errors":{"__proto__":["bad"],"constructor":["bad"]}}`
        : right,
    ),
  },
  {
    id: 'surrogates-escaped',
    does: 'escapes half a surrogate pair in the summary',
    fault: 'nobody',
    ...body((right) =>
      JSON.stringify({ ...right, summary: `${right.summary}@@` }).replace('@@', '\\ud83d\\ud83d\\udc00\\udc00'),
    ),
  },
  {
    id: 'surrogates-raw',
    does: 'sends half a surrogate pair as bytes',
    fault: 'theirs',
    checks: ['json-utf8'],
    ...spoilt('eda0bd'),
  },
  {
    id: 'utf8-invalid',
    does: 'sends bytes that are no UTF-8',
    fault: 'theirs',
    checks: ['json-utf8'],
    ...spoilt('fffe80c328'),
  },
  { id: 'utf8-overlong', does: 'sends an overlong slash', fault: 'theirs', checks: ['json-utf8'], ...spoilt('c0af') },
  {
    id: 'utf8-invalid-only',
    does: 'sends a megabyte of bytes that are no UTF-8',
    ...CONVICTED,
    ...body(() => Buffer.alloc(MEGABYTE, 0xff)),
  },
  {
    id: 'utf16',
    does: 'sends UTF-16 with a byte order mark',
    ...CONVICTED,
    ...body((right) => Buffer.from(`\ufeff${JSON.stringify(right)}`, 'utf16le')),
  },
  { id: 'nul-raw', does: 'sends NUL bytes in the summary', ...CONVICTED, ...spoilt('0000') },
  { id: 'nul-only', does: 'sends a megabyte of NUL bytes', ...CONVICTED, ...body(() => Buffer.alloc(MEGABYTE)) },
  {
    id: 'nul-escaped',
    does: 'escapes NUL in the summary',
    fault: 'nobody',
    ...body((right) => ({ ...right, summary: `${right.summary}\0\0` })),
  },
  {
    id: 'summary-megabyte',
    does: 'sends a summary of one line of a megabyte',
    fault: 'nobody',
    ...body((right) => ({ ...right, summary: `${right.summary}${' and so on'.repeat(95_000)}` })),
  },
  {
    id: 'summary-megabyte-of-lines',
    does: 'sends a summary of half a million lines',
    fault: 'nobody',
    ...body((right) => ({ ...right, summary: `${right.summary}${'\n'.repeat(500_000)}` })),
  },
  {
    id: 'reasons-megabyte',
    does: 'sends reasons of a megabyte under a name of as much',
    fault: 'theirs',
    checks: ['offending-field-unnamed'],
    ...body((right, { status }) =>
      status === 422 ? { ...right, validation_errors: { ['n'.repeat(450_000)]: ['r'.repeat(450_000)] } } : right,
    ),
  },
];
