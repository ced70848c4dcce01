import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { withHeader } from '../altering.ts';
import { inErrors } from './rewriting.ts';
import type { Variant } from './variant.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const NANO = `${LETTERS}0123456789_-`;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** So many characters of an alphabet, drawn by lot. */
function draw(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
/** One of some hundred thousand words that can be spoken. */
const word = () => Array.from({ length: 3 }, () => draw('bdfgklmnprst', 1) + draw('aeiou', 1)).join('');
let count = 0;
const next = () => {
  count += 1;
  return count;
};

/** Ids of requests in the forms that are met with: of servers, gateways, tracers and libraries. */
const IDS: [name: string, differs: string, make: () => string][] = [
  [
    'kestrel',
    "Kestrel's connection and a counter",
    () => `0HN7GL${draw(CROCKFORD, 7)}:${next().toString(16).padStart(8, '0')}`,
  ],
  ['trace-context', 'a traceparent', () => `00-${hex(16)}-${hex(8)}-01`],
  ['b3', 'a short trace id', () => hex(8)],
  ['short-hex', 'the first digits of a UUID', () => hex(4)],
  ['six-hex', 'six hexadecimal digits', () => hex(3)],
  ['nanoid', 'a nanoid', () => draw(NANO, 21)],
  ['short-nanoid', 'a short nanoid', () => draw(NANO, 8)],
  ['ulid', 'a ULID', () => `01J${draw(CROCKFORD, 23)}`],
  ['ksuid', 'a KSUID', () => draw(`${LETTERS}0123456789`, 27)],
  ['xid', 'an xid', () => draw('0123456789abcdefghijklmnopqrstuv', 20)],
  ['object-id', 'an ObjectId', () => hex(12)],
  ['base64', 'padded base64', () => randomBytes(16).toString('base64')],
  ['api-gateway', "API Gateway's extended id", () => `${draw(LETTERS, 6)}${draw(NANO, 7)}EFlw=`],
  ['amazon', "Amazon's trace", () => `Root=1-${hex(4)}-${hex(12)}`],
  ['cloudflare', 'a ray', () => `${hex(8)}-${draw('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 3)}`],
  ['google', "Google Cloud's trace", () => `${hex(16)}/${randomInt(2 ** 40)};o=1`],
  ['akamai', "Akamai's reference", () => `#18.${hex(4)}.${Date.now()}.${hex(4)}`],
  ['heroku-words', 'two words and a number', () => `${word()}-${word()}-${randomInt(10_000)}`],
  ['words', 'three words', () => `${word()} ${word()} ${word()}`],
  ['counter', 'a counter', () => String(next())],
  ['counter-host', 'a host and a counter', () => `web-${randomInt(3)}/${next()}`],
  ['guid-braces', 'a GUID in braces and capitals', () => `{${randomUUID().toUpperCase()}}`],
  ['uuid-bare', 'a UUID without hyphens', () => randomUUID().replaceAll('-', '')],
  ['prefixed', 'an id with a prefix', () => `req_${draw(`${LETTERS}0123456789`, 14)}`],
  ['sentry', 'letters in groups', () => `${draw(LETTERS, 4)}-${draw(LETTERS, 4)}`],
];

/** Times, dates and durations; a minute passes between two answers. */
const TIMES: [name: string, differs: string, make: () => string][] = [
  ['took', 'how long it took', () => `took ${randomInt(1, 40)} ms`],
  [
    'took-fraction',
    'how long it took, with a fraction',
    () => `took ${(Math.random() * 12).toFixed(randomInt(1, 7))}ms`,
  ],
  ['http-date', 'a date of HTTP', () => later().toUTCString()],
  ['rfc-2822', 'a date of mail', () => later().toUTCString().replace('GMT', '+0000')],
  ['american', 'an American date', () => later().toLocaleString('en-US')],
  ['british', 'a British date', () => later().toLocaleString('en-GB')],
  ['german', 'a German date', () => later().toLocaleString('de-DE')],
  ['japanese', 'a Japanese date', () => later().toLocaleString('ja-JP')],
  ['ctime', 'a date of ctime', () => later().toString()],
  [
    'compact',
    'a date without separators',
    () =>
      later()
        .toISOString()
        .replace(/[-:]|\.\d+/g, ''),
  ],
  ['epoch', 'seconds since 1970', () => String(Math.floor(later().getTime() / 1000))],
  ['epoch-fraction', 'seconds since 1970 with a fraction', () => String(later().getTime() / 1000)],
  ['month-name', 'a date in words', () => later().toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })],
];

function later(): Date {
  return new Date(Date.now() + next() * 61_007);
}

/** A variant with something of the kind in every error: in its summary, and in headers. */
function carrying([name, differs, make]: [string, string, () => string], family: string): Variant {
  return {
    id: `${family}-${name}`,
    differs: `errors with ${differs}`,
    answer: (answer, asked) => {
      const labelled = withHeader(answer, 'x-request-id', make());
      return inErrors((body) => ({ ...body, summary: `${body.summary} (request ${make()})` }))(labelled, asked);
    },
  };
}

/** Errors that say which request they answer, or when. */
export const REQUEST_IDS: Variant[] = [
  ...IDS.map((each) => carrying(each, 'request-id')),
  ...TIMES.map((each) => carrying(each, 'time')),
  {
    id: 'request-id-first',
    differs: 'errors that begin with an id',
    answer: inErrors((body) => ({ ...body, summary: `[${hex(4)}] ${body.summary}` })),
  },
  {
    id: 'request-id-twice',
    differs: 'errors with an id and a duration in the middle',
    answer: inErrors((body) => ({
      ...body,
      summary: `Error ${draw(NANO, 6)} after ${randomInt(9)} ms: ${body.summary}`,
    })),
  },
];
