import { gzipSync } from 'node:zlib';
import { errorsAt, flawless, withBody, withHeader } from '../../altering.ts';
import type { Bucket } from '../../rate-limit.ts';
import type { Seeded } from '../mutant.ts';

/** Gives the errors of a status a header with these values, one line each; none takes the header away. */
function header(
  status: number,
  id: string,
  breaks: string,
  trips: Seeded['trips'],
  name: string,
  ...values: string[]
): Seeded {
  return {
    id: `header-${id}`,
    breaks: `${breaks} (${status})`,
    trips,
    ...errorsAt({ status }, (answer) => withHeader(answer, name, ...values)),
    ...(status === 429 && { load: true as const }),
  };
}

/** Labels the errors of a status with another type than the documented one; `first` are the checks that it is about before that. */
function type(status: number, id: string, breaks: string, first: string[], value: string): Seeded {
  const [about = DOCUMENTED, ...more] = [...first, DOCUMENTED];
  return header(status, `type-${id}`, breaks, [about, ...more], 'content-type', value);
}

const DOCUMENTED = 'error-media-type-documented';

/** A bucket that, once it was empty, gives nothing for so many milliseconds. */
function onceEmpty({ take, refund }: Bucket, ms: number): Bucket {
  let emptyUntil = 0;
  return {
    refund,
    take: () => {
      if (Date.now() < emptyUntil) return 1;
      const wait = take();
      if (wait > 0 && emptyUntil === 0) emptyUntil = Date.now() + ms;
      return wait;
    },
  };
}

const DAY = 'Sun, 01 Nov 2026 08:00:00 GMT';

/** Defects of header fields. */
export const FIELDS: Seeded[] = [
  type(401, 'problem', 'JSON labelled as another JSON than the documented one', [], 'application/problem+json'),
  type(422, 'suffix', 'JSON labelled as a type of its own', [], 'application/vnd.reference.v1+json; charset=utf-8'),
  type(404, 'text', 'JSON labelled as plain text', ['content-type-json'], 'text/plain'),
  type(403, 'form', 'JSON labelled as a form', ['content-type-json'], 'application/x-www-form-urlencoded'),
  type(500, 'javascript', 'JSON labelled as JavaScript', ['content-type-json'], 'text/javascript; charset=utf-8'),
  type(501, 'nonsense', 'a Content-Type that is none', ['content-type-json'], 'json'),
  type(400, 'html', 'JSON labelled as HTML', ['content-type-json', 'no-html'], 'text/html'),
  header(404, 'type-missing', 'no Content-Type', ['content-type-present'], 'content-type'),
  header(422, 'type-missing-422', 'no Content-Type with validation errors', ['content-type-present'], 'content-type'),
  header(
    504,
    'type-twice',
    'Content-Type twice',
    ['single-field-lines'],
    'content-type',
    'application/json',
    'application/json',
  ),
  header(401, 'challenge-missing', 'no challenge', ['challenge-on-401'], 'www-authenticate'),
  header(401, 'challenge-empty', 'an empty challenge', ['challenge-on-401'], 'www-authenticate', ''),
  header(
    401,
    'challenge-without-scheme',
    'a challenge that begins with a parameter',
    ['challenge-on-401'],
    'www-authenticate',
    'realm="x"',
  ),
  header(
    401,
    'cookie',
    'a cookie for a caller who is not authenticated',
    ['no-cookie-on-401'],
    'set-cookie',
    'session=0; Path=/',
  ),
  header(404, 'date-twice', 'Date twice', ['single-field-lines'], 'date', DAY, DAY),
  header(403, 'location-twice', 'Location twice', ['single-field-lines'], 'location', '/a', '/b'),
  header(500, 'wait-twice', 'Retry-After twice', ['single-field-lines'], 'retry-after', '1', '2'),
  header(504, 'wait-fraction', 'a fraction in Retry-After', ['retry-after-syntax'], 'retry-after', '1.5'),
  header(500, 'wait-negative', 'a negative Retry-After', ['retry-after-syntax'], 'retry-after', '-1'),
  header(429, 'wait-in-words', 'words in Retry-After', ['retry-after-syntax'], 'retry-after', 'soon'),
  header(
    429,
    'wait-in-iso',
    'an ISO date in Retry-After',
    ['retry-after-syntax'],
    'retry-after',
    '2026-11-01T00:00:00Z',
  ),
  header(429, 'wait-missing', 'no Retry-After', ['retry-after-announced'], 'retry-after'),
  {
    id: 'header-wait-too-short',
    breaks: 'Retry-After 0 while the limit goes on for seconds (429)',
    trips: ['retry-after-honoured'],
    load: true,
    ...errorsAt({ status: 429 }, (answer) => withHeader(answer, 'retry-after', '0')),
    parts: ({ buckets }) => ({ buckets: { ...buckets, ordinary: onceEmpty(buckets.ordinary, 1500) } }),
  },
  {
    id: 'header-allow-missing',
    breaks: '405 without Allow for a method that the route does not take',
    trips: ['allow-on-405', 'error-status-documented', 'meaning-404'],
    ...errorsAt(
      { status: 404, operation: 'unmatched-route' },
      () => withHeader(flawless(405), 'allow'),
      ({ method }) => method !== 'GET',
    ),
  },
  {
    id: 'header-coding-unknown',
    breaks: 'a content coding that nobody knows (404)',
    trips: ['content-decodable', 'error-body-json'],
    ...errorsAt({ status: 404 }, (answer) => withHeader(answer, 'content-encoding', 'x-snappy')),
  },
  {
    id: 'header-coding-not-applied',
    breaks: 'labelled as gzip, and is not (500)',
    trips: ['content-decodable', 'error-body-json'],
    ...errorsAt({ status: 500 }, (answer) => withHeader(answer, 'content-encoding', 'gzip')),
  },
  {
    id: 'header-coding-cut',
    breaks: 'compressed, and cut off (403)',
    trips: ['content-decodable', 'error-body-json'],
    ...errorsAt({ status: 403 }, (answer) => {
      const packed = gzipSync(answer.body);
      return withHeader(withBody(answer, packed.subarray(0, packed.length - 12)), 'content-encoding', 'gzip');
    }),
  },
];
