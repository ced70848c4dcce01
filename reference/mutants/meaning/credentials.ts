import type { IncomingMessage } from 'node:http';
import { rawHeaderValues } from '../../request-line.ts';
import type { Seeded } from '../mutant.ts';
import { isFor } from './rewire.ts';

/** What a careless authentication sees of a request that has no right to pass. */
type Presented = {
  request: IncomingMessage;
  /** Values of the Authorization headers. */
  fields: string[];
  /** The token of a bearer field; empty where there is none. */
  token: string;
  /** Tokens that were accepted before. */
  known: string[];
  /** Whether such an Authorization header would have been accepted. */
  isGood: (field: string) => boolean;
};

/** Lets more pass at one operation than has a right to; it trips `meaning-401` unless told otherwise. */
function admits(
  operation: string,
  id: string,
  breaks: string,
  passes: (presented: Presented) => boolean,
  trips: Seeded['trips'] = ['meaning-401'],
): Seeded {
  return {
    id: `meaning-401-${id}`,
    breaks,
    where: { operation, status: 401 },
    trips,
    parts: ({ authenticate }) => {
      const known: string[] = [];
      const isGood = (field: string) => {
        try {
          return authenticate({ rawHeaders: ['authorization', field] } as IncomingMessage) === 'ordinary';
        } catch {
          return false;
        }
      };
      return {
        authenticate: (request) => {
          const fields = rawHeaderValues(request, 'authorization');
          const token = tokenOf(fields[0]);
          try {
            const caller = authenticate(request);
            known.push(token);
            return caller;
          } catch (error) {
            if (!isFor(operation, request) || !passes({ request, fields, token, known, isGood })) throw error;
            return 'ordinary';
          }
        },
      };
    },
  };
}

function tokenOf(field = ''): string {
  return /^bearer +(\S+)$/i.exec(field)?.[1] ?? '';
}

const always = () => true;

/** What is found where the first line is looked at, and a second one not. */
const FIRST: Seeded['trips'] = ['meaning-401', 'two-credentials-refused'];

/** Defects of what counts as a credential. */
export const CREDENTIALS: Seeded[] = [
  // An id that is known is then 200 and one that is not 404, to everybody.
  admits('getHttpEndpoint', 'read-open', 'a read asks for no token', always, ['meaning-401', 'existence-hidden']),
  admits('listPostgresDatabases', 'list-open', 'a list asks for no token', always),
  admits('createBackfill', 'create-open', 'a creation asks for no token', always),
  admits('updateHttpEndpoint', 'change-open', 'a change asks for no token', always),
  admits('deletePostgresDatabase', 'delete-open', 'a removal asks for no token', always),
  admits('getHttpEndpoint', 'head-open', 'HEAD asks for no token', ({ request }) => request.method === 'HEAD'),
  admits(
    'listHttpEndpoints',
    'any-scheme',
    'the token counts under any scheme',
    ({ fields, isGood }) => isGood((fields[0] ?? '').replace(/^\S+/, 'Bearer')),
    FIRST,
  ),
  admits('getHttpEndpoint', 'empty-bearer', 'the word Bearer is enough', ({ fields }) =>
    /^bearer *$/i.test(fields[0] ?? ''),
  ),
  admits('deleteHttpEndpoint', 'any-token', 'nobody looks whether a token is known', ({ token }) => token !== ''),
  admits(
    'updateHttpEndpoint',
    'same-length',
    'any token of the right length is accepted',
    ({ token, known }) => known.some((each) => each.length === token.length),
    FIRST,
  ),
  admits(
    'getHttpEndpoint',
    'same-beginning',
    'only the first bytes of a token are compared',
    ({ token, known }) => known.some((each) => each.slice(0, 8) === token.slice(0, 8)),
    FIRST,
  ),
  admits(
    'listHttpEndpoints',
    'in-query',
    'the token counts in the query too',
    ({ request, isGood }) => isGood(`Bearer ${/[?&]access_token=([^&]+)/.exec(request.url ?? '')?.[1] ?? ''}`),
    ['url-credential-refused'],
  ),
  admits(
    'getHttpEndpoint',
    'first-of-two',
    'of two Authorization headers the first counts',
    ({ fields, isGood }) => isGood(fields.length === 2 ? (fields[0] ?? '') : ''),
    ['two-credentials-refused'],
  ),
];
