import type { IncomingMessage } from 'node:http';
import type { Alteration } from '../../reference/alteration.ts';
import { unauthorized } from '../../reference/errors.ts';
import { rawHeaderValues } from '../../reference/request-line.ts';
import type { Breach, Dialect, Loose } from './dialect.ts';

/** Reads a credential from a request; undefined where there is none. */
type Read = (request: IncomingMessage) => string | undefined;

/** A reference that takes a token from wherever it is read. */
function takes(read: Read): Alteration {
  return {
    parts: ({ authenticate }) => ({
      authenticate(request) {
        const token = read(request);
        if (token === undefined) throw unauthorized(false);
        return authenticate({ rawHeaders: ['Authorization', `Bearer ${token}`] } as IncomingMessage);
      },
    }),
  };
}

/** One header of a name; of several nobody can tell which one counts. */
const header =
  (name: string): Read =>
  (request) => {
    const values = rawHeaderValues(request, name);
    return values.length === 1 ? values[0] : undefined;
  };

const query =
  (name: string): Read =>
  ({ url = '' }) =>
    new URL(url, 'http://here').searchParams.get(name) ?? undefined;

const cookie =
  (name: string): Read =>
  (request) =>
    (header('cookie')(request) ?? '')
      .split(/; */)
      .flatMap((pair) => (pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : []))[0];

const bearer: Read = (request) => /^bearer +(\S+)$/i.exec(header('authorization')(request) ?? '')?.[1];

const either =
  (...reads: Read[]): Read =>
  (request) =>
    reads.map((read) => read(request)).find((token) => token !== undefined);

/** User and password, the password being the token. */
const pair =
  (user: string): Read =>
  (request) => {
    const base64 = /^basic +(\S+)$/i.exec(header('authorization')(request) ?? '')?.[1] ?? '';
    const text = Buffer.from(base64, 'base64').toString();
    return text.startsWith(`${user}:`) ? text.slice(user.length + 1) : undefined;
  };

const APP_KEY = 'app-key-5c1f9e2b7d';

/** A key, and another one beside it that all share. */
const withAppKey =
  (read: Read): Read =>
  (request) =>
    header('x-app-key')(request) === APP_KEY ? read(request) : undefined;

const publish = (schemes: Loose, security: Loose[]) => (document: Loose) => {
  document.components.securitySchemes = schemes;
  document.security = security;
};

/** What is found where somebody is let in, and where that is by a credential in the URL. */
const LET_IN: Breach['trips'] = ['meaning-401'];
const LET_IN_BY_URL: Breach['trips'] = ['url-credential-refused'];

const KEY = { type: 'apiKey', in: 'header', name: 'X-Api-Key' };

/** Contracts with other credentials than a bearer token. */
export const ACCESS: Dialect[] = [
  {
    id: 'key-in-header',
    publishes: 'an API key in a header',
    publish: publish({ key: KEY }, [{ key: [] }]),
    keep: () => takes(header('x-api-key')),
    provokes: [400, 401, 403, 404, 422],
    breaches: [
      {
        id: 'key-in-header-or-query',
        breaks: 'the key counts in the query too',
        trips: LET_IN_BY_URL,
        instead: true,
        ...takes(either(header('x-api-key'), query('api_key'))),
      },
      {
        id: 'key-in-header-or-bearer',
        breaks: 'the key counts as a bearer token too',
        trips: LET_IN,
        instead: true,
        ...takes(either(header('x-api-key'), bearer)),
      },
    ],
  },
  {
    id: 'key-in-query',
    publishes: 'an API key in the query',
    publish: publish({ key: { type: 'apiKey', in: 'query', name: 'api_key' } }, [{ key: [] }]),
    keep: () => takes(query('api_key')),
    provokes: [401, 404, 422],
    breaches: [
      {
        id: 'key-in-query-or-header',
        breaks: 'the key counts in a header of that name too',
        trips: LET_IN,
        instead: true,
        ...takes(either(query('api_key'), header('api_key'))),
      },
    ],
  },
  {
    id: 'key-in-cookie',
    publishes: 'a session in a cookie',
    publish: publish({ session: { type: 'apiKey', in: 'cookie', name: 'sid' } }, [{ session: [] }]),
    keep: () => takes(cookie('sid')),
    provokes: [401, 404, 422],
    breaches: [
      {
        id: 'key-in-cookie-or-query',
        breaks: 'the session counts in the query too',
        trips: LET_IN_BY_URL,
        instead: true,
        ...takes(either(cookie('sid'), query('sid'))),
      },
    ],
  },
  {
    id: 'user-and-password',
    publishes: 'basic authentication',
    publish: publish({ pair: { type: 'http', scheme: 'basic' } }, [{ pair: [] }]),
    keep: () => takes(pair('user')),
    reach: ({ token, adminToken }) => ({ token: `user:${token}`, adminToken: `user:${adminToken}` }),
    provokes: [400, 401, 403, 404, 422],
    breaches: [
      {
        id: 'user-without-password',
        breaks: 'any password of a known length will do',
        trips: LET_IN,
        parts: ({ authenticate }) => ({
          authenticate(request) {
            try {
              return authenticate(request);
            } catch (error) {
              const given = pair('user')(request) ?? '';
              if (given.startsWith('ref_')) return 'ordinary';
              throw error;
            }
          },
        }),
      },
    ],
  },
  {
    id: 'two-keys',
    publishes: 'two keys at once',
    publish: publish({ key: KEY, 'app-key': { ...KEY, name: 'X-App-Key' } }, [{ key: [], 'app-key': [] }]),
    keep: () => takes(withAppKey(header('x-api-key'))),
    reach: () => ({ credentials: { 'app-key': APP_KEY } }),
    provokes: [401, 404, 422],
    breaches: [
      {
        id: 'two-keys-one-counts',
        breaks: 'the second key is not looked at',
        trips: LET_IN,
        instead: true,
        ...takes(header('x-api-key')),
      },
    ],
  },
  {
    id: 'key-or-token',
    publishes: 'either of a key and a bearer token',
    publish: publish({ key: KEY, token: { type: 'http', scheme: 'bearer' } }, [{ key: [] }, { token: [] }]),
    keep: () => takes(either(header('x-api-key'), bearer)),
    provokes: [401, 404, 422],
    breaches: [
      {
        id: 'key-or-token-or-nothing',
        breaks: 'an empty key is taken for the ordinary one',
        trips: LET_IN,
        parts: ({ authenticate }) => ({
          authenticate: (request) => (header('x-api-key')(request) === '' ? 'ordinary' : authenticate(request)),
        }),
      },
    ],
  },
  {
    id: 'open-to-read',
    publishes: 'reading that asks for no credential',
    publish(document) {
      for (const path of Object.values(document.paths as Record<string, Loose>))
        if (path.get) {
          path.get.security = [{}, { bearer: [] }];
          delete path.get.responses['401'];
          path.get['x-not-applicable'] = { ...path.get['x-not-applicable'], 401: 'anybody may read' };
        }
    },
    keep: () => ({
      parts: ({ authenticate }) => ({
        authenticate(request) {
          if (request.method !== 'GET' && request.method !== 'HEAD') return authenticate(request);
          return rawHeaderValues(request, 'authorization').length === 0 ? 'ordinary' : authenticate(request);
        },
      }),
    }),
    provokes: [401, 404, 422],
    breaches: [
      {
        id: 'open-to-write',
        breaks: 'making asks for no credential either',
        trips: LET_IN,
        instead: true,
        parts: ({ authenticate }) => ({
          authenticate: (request) =>
            rawHeaderValues(request, 'authorization').length === 0 ? 'ordinary' : authenticate(request),
        }),
      },
    ],
  },
];
