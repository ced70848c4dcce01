import type { IncomingMessage } from 'node:http';
import { errorsAt, withBody } from '../../altering.ts';
import type { Seeded } from '../mutant.ts';
import { isFor } from './rewire.ts';

const unmatched = { operation: 'unmatched-route', status: 404 };

/** Repairs the targets of an operation that are malformed, so that nothing refuses them. */
function repairs(operation: string, id: string, breaks: string, repair: (url: string) => string): Seeded {
  return {
    id: `meaning-400-${id}`,
    breaks,
    where: { operation, status: 400 },
    trips: ['meaning-400'],
    request: (request: IncomingMessage) => {
      const { url = '' } = request;
      if (isFor(operation, request) && isMalformed(url)) request.url = repair(url);
    },
  };
}

function isMalformed(url: string): boolean {
  try {
    decodeURIComponent(url);
    return false;
  } catch {
    return true;
  }
}

/** Takes a percent sign that begins no triplet for itself. */
const escapeStray = (url: string) => url.replace(/%(?![0-9a-f]{2})/gi, '%25');

/** Takes a byte that is no UTF-8 for U+FFFD. */
const replaceBytes = (url: string) => url.replace(/%ff/gi, '%EF%BF%BD');

/** Defects of what leads to an operation: encodings that cannot be read, and routes that are none. */
export const ROUTES: Seeded[] = [
  repairs('getHttpEndpoint', 'path-encoding', 'a malformed percent-encoding names an unknown object', (url) =>
    replaceBytes(escapeStray(url)),
  ),
  repairs('deleteHttpEndpoint', 'path-utf8', 'a path that is no UTF-8 names an unknown object', replaceBytes),
  repairs('updateHttpEndpoint', 'path-percent', 'a stray percent sign stands for itself', escapeStray),
  repairs('listPostgresDatabases', 'query-encoding', 'a query that cannot be read is left out', (url) =>
    url.replace(/\?.*/, ''),
  ),
  {
    id: 'meaning-404-below-object',
    breaks: 'whatever is asked for below an object is answered 200',
    trips: ['meaning-404'],
    ...errorsAt(
      unmatched,
      (answer) => withBody({ ...answer, status: 200 }, { data: [] }),
      ({ path }) => path.split('/').length > 3,
    ),
  },
  {
    id: 'meaning-404-method',
    breaks: 'a method that is not there is answered 200',
    trips: ['meaning-404'],
    ...errorsAt(
      unmatched,
      (answer) => withBody({ ...answer, status: 200 }, { data: [] }),
      ({ method }) => method === 'PUT',
    ),
  },
];
