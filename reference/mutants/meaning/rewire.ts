import type { IncomingMessage } from 'node:http';
import type { Parts } from '../../alteration.ts';
import type { Call, Handler } from '../../operations/call.ts';
import type { Store } from '../../store.ts';

/** Replaces parts of a reference. */
export type Rewire = (parts: Parts) => Partial<Parts>;

/** Replaces the handler of an operation; the original is there to fall back on. */
export function handling(operation: string, handle: (call: Call, own: Handler) => unknown): Rewire {
  return ({ handlers }) => {
    const own = handlers[operation];
    if (own === undefined) throw new Error(`There is no operation ${operation}.`);
    return { handlers: { ...handlers, [operation]: (call) => handle(call, own) } };
  };
}

/** The objects of the default account. */
export function mainStore({ openAccount }: Parts): Store {
  return openAccount(undefined) as Store;
}

const PATHS = {
  endpoints: '/api/destinations/http_endpoints',
  endpoint: '/api/destinations/http_endpoints/[^/?]+',
  databases: '/api/postgres_databases',
  database: '/api/postgres_databases/[^/?]+',
  backfills: '/api/sinks/[^/?]+/backfills',
};

/** What a request has to look like to be for an operation: the steps before the handlers know no more of it. */
const ROUTES: Record<string, [method: string, path: string]> = {
  listHttpEndpoints: ['GET', PATHS.endpoints],
  createHttpEndpoint: ['POST', PATHS.endpoints],
  getHttpEndpoint: ['GET', PATHS.endpoint],
  updateHttpEndpoint: ['PATCH', PATHS.endpoint],
  deleteHttpEndpoint: ['DELETE', PATHS.endpoint],
  listPostgresDatabases: ['GET', PATHS.databases],
  getPostgresDatabase: ['GET', PATHS.database],
  updatePostgresDatabase: ['PUT', PATHS.database],
  deletePostgresDatabase: ['DELETE', PATHS.database],
  listBackfills: ['GET', PATHS.backfills],
  createBackfill: ['POST', PATHS.backfills],
  createPostgresDatabase: ['POST', PATHS.databases],
};

/** Whether a request is for an operation; HEAD counts as GET. */
export function isFor(operation: string, { method, url = '' }: IncomingMessage): boolean {
  const route = ROUTES[operation];
  if (route === undefined) throw new Error(`The route of ${operation} is not listed here.`);
  return (method === 'HEAD' ? 'GET' : method) === route[0] && new RegExp(`^${route[1]}(?:\\?|$)`).test(url);
}

/** The last part of a request's path: the id or the name of an object. */
export function lastPart({ url = '' }: IncomingMessage): string {
  return decodeURIComponent(/([^/?]*)(?:\?|$)/.exec(url)?.[1] ?? '');
}
