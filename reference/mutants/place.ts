import type { Alteration, Asked } from '../alteration.ts';
import { errorsAt, flawless, type Where, withBody, withHeader } from '../altering.ts';
import type { Seeded } from './mutant.ts';

/** Takes the summary away, in one place only. */
function bare(
  where: Where & { status: number },
  id: string,
  breaks: string,
  applies?: (asked: Asked) => boolean,
): Seeded {
  return {
    id: `place-${id}`,
    breaks: `no summary ${breaks}`,
    trips: [`fields-${where.status}`],
    ...errorsAt(where, (answer) => withBody(answer, {}), applies),
  };
}

const credentialOf = ({ headers }: Asked) => headers.authorization ?? '';

/** Counts answers, so that each one in so many can be told. */
function everySo(often: number): () => boolean {
  let count = 0;
  return () => {
    count += 1;
    return count % often === 0;
  };
}

/** A summary that grows with every error, and so is never the same twice. */
function growing(): NonNullable<Alteration['answer']> {
  let count = 0;
  return (answer) => {
    if (answer.status !== 404) return answer;
    count += 1;
    return withBody(answer, { summary: `Not found.${' Really not.'.repeat(1 + (count % 50))}` });
  };
}

/** Defects that show in one place only. */
export const PLACE: Seeded[] = [
  bare({ status: 404, operation: 'getSink' }, 'operation-get-sink', 'in the 404 of getSink'),
  bare(
    { status: 404, operation: 'deletePostgresDatabase' },
    'operation-delete-database',
    'in the 404 of deletePostgresDatabase',
  ),
  bare({ status: 401, operation: 'listBackfills' }, 'operation-list-backfills', 'in the 401 of listBackfills'),
  bare(
    { status: 422, operation: 'createPostgresDatabase' },
    'operation-create-database',
    'in the 422 of createPostgresDatabase',
  ),
  bare({ status: 504, operation: 'listHttpEndpoints' }, 'operation-list-endpoints', 'in the 504 of listHttpEndpoints'),
  bare({ status: 401 }, 'wrong-scheme', 'for a token under another scheme', (asked) =>
    credentialOf(asked).startsWith('Token '),
  ),
  bare(
    { status: 401 },
    'empty-bearer',
    'for a bearer without a token',
    (asked) => credentialOf(asked).trim() === 'Bearer',
  ),
  bare({ status: 401 }, 'token-in-query', 'for a token in the query', ({ query }) => query.includes('access_token=')),
  bare({ status: 400 }, 'encoding', 'for a path that is badly encoded', ({ path }) =>
    /%(?![0-9a-f]{2})|%ff/i.test(path),
  ),
  bare({ status: 400, operation: 'listPostgresDatabases' }, 'query', 'for a query that is badly encoded', ({ query }) =>
    /%ff/i.test(query),
  ),
  bare({ status: 404 }, 'name', 'for a name that nothing has', ({ path }) => path.endsWith('no-such-name')),
  bare(
    { status: 400, operation: 'createHttpEndpoint' },
    'type-of-body',
    'for a body of another type',
    ({ headers }) => headers['content-type'] !== undefined && !headers['content-type'].startsWith('application/json'),
  ),
  bare(
    { status: 400 },
    'no-type-of-body',
    'for a body without a Content-Type',
    ({ method, headers }) =>
      headers['content-type'] === undefined && headers['content-length'] !== undefined && method !== 'GET',
  ),
  bare({ status: 404 }, 'method-delete', 'in answers to DELETE', ({ method }) => method === 'DELETE'),
  bare({ status: 422 }, 'method-patch', 'in answers to PATCH', ({ method }) => method === 'PATCH' || method === 'PUT'),
  bare(
    { status: 404 },
    'no-accept',
    'for a client that does not say what it accepts',
    ({ headers }) => headers.accept === undefined,
  ),
  bare({ status: 403 }, 'method-get', 'in answers to GET', ({ method }) => method === 'GET'),
  bare(
    { status: 500 },
    'without-body',
    'where the request has no body',
    ({ headers }) => headers['content-length'] === undefined,
  ),
  {
    id: 'place-no-accept-html',
    breaks: 'HTML for a client that does not say what it accepts',
    trips: ['no-html', 'error-body-json'],
    ...errorsAt(
      { status: 404 },
      (answer) => withHeader(withBody(answer, '<html><h1>Not Found</h1></html>'), 'content-type', 'text/html'),
      ({ headers }) => headers.accept === undefined,
    ),
  },
  {
    id: 'place-head-as-200',
    breaks: 'HEAD finds what GET does not',
    trips: ['meaning-404'],
    ...errorsAt(
      { status: 404 },
      (answer) => ({ ...answer, status: 200 }),
      ({ method }) => method === 'HEAD',
    ),
  },
  {
    id: 'place-head-as-405',
    breaks: 'HEAD is not allowed where it is refused',
    trips: ['error-status-documented', 'meaning-401'],
    ...errorsAt(
      { status: 401 },
      () => flawless(405),
      ({ method }) => method === 'HEAD',
    ),
  },
  {
    id: 'place-second-time',
    breaks: 'the second identical request is answered otherwise',
    trips: ['stable-answer'],
    ...errorsAt(
      { status: 404 },
      (answer) => withBody(answer, { summary: 'You asked that before.' }),
      ({ before }) => before > 0,
    ),
  },
  {
    id: 'place-second-time-500',
    breaks: 'the second identical request crashes',
    trips: ['stable-answer', 'meaning-404'],
    ...errorsAt(
      { status: 404 },
      () => flawless(500),
      ({ before }) => before > 0,
    ),
  },
  {
    id: 'place-one-in-five',
    breaks: 'one 404 in five has no summary',
    trips: ['fields-404', 'stable-answer'],
    ...errorsAt({ status: 404 }, (answer) => withBody(answer, {}), everySo(5)),
  },
  {
    id: 'place-never-the-same',
    breaks: 'no 404 reads like the one before',
    where: { status: 404 },
    trips: ['stable-answer'],
    answer: growing(),
  },
];
