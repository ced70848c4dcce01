import type { IncomingMessage } from 'node:http';
import { ApiError } from '../errors.ts';
import { rawHeaderValues } from '../request-line.ts';
import type { Variant } from './variant.ts';

/** Looks at each request before anybody asks for its token. */
function before(look: (request: IncomingMessage) => void): Pick<Variant, 'parts'> {
  return {
    parts: ({ authenticate }) => ({
      authenticate: (request) => {
        look(request);
        return authenticate(request);
      },
    }),
  };
}

/** Refuses what means a body to come and has no media type, as some frameworks do with a body or without. */
function demandType({ method = '', headers }: IncomingMessage): void {
  const isJson = headers['content-type']?.includes('application/json') === true;
  if (/^P(?:OST|UT|ATCH)$/.test(method) && !isJson)
    throw new ApiError(400, 'Missing or unsupported Content-Type: send "application/json".');
}

/** What servers and what stands in front of them ask of a request, and no contract speaks of. */
export const ASKING: Variant[] = [
  {
    id: 'first-authorization',
    differs: 'of two Authorization headers the first counts, as in Go, Node and servlets',
    parts: ({ authenticate }) => ({
      authenticate(request) {
        const [first] = rawHeaderValues(request, 'authorization');
        return authenticate({ rawHeaders: first === undefined ? [] : ['Authorization', first] } as IncomingMessage);
      },
    }),
  },
  {
    id: 'malformed-token-400',
    differs: 'an empty token and another scheme are answered 400, where that is documented',
    ...before((request) => {
      if (request.method === 'GET' && !/_endpoints\/|_databases\/|sinks\//.test(request.url ?? '')) return;
      const fields = rawHeaderValues(request, 'authorization');
      if (fields.some((field) => !/^bearer +\S/i.test(field))) throw new ApiError(400);
    }),
  },
  {
    id: 'strict-query',
    differs: 'a parameter that is not documented is answered 400, before anybody looks at the token',
    ...before(({ url = '' }) => {
      if (/\?./.test(url) && !url.includes('show_sensitive')) throw new ApiError(400, 'Unknown query parameter.');
    }),
  },
  {
    id: 'type-demanded',
    differs: 'a POST, PUT or PATCH without a media type is answered 400, also where nothing is sent',
    operation: 'refreshPostgresTables',
    parts: ({ authenticate }) => ({
      authenticate: (request) => {
        const caller = authenticate(request);
        demandType(request);
        return caller;
      },
    }),
  },
  {
    id: 'type-demanded-first',
    differs: 'the same, before anybody looks at the token',
    operation: 'refreshPostgresTables',
    ...before(demandType),
  },
];
