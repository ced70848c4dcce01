import { encodeWire } from '../model/encode-wire.ts';
import type { RequestSpec } from '../model/exchange.ts';
import { nameSecret } from '../schemas/name-secret.ts';
import { fillPlaceholders, fillSecrets } from './placeholders.ts';
import { isTelling } from './telling.ts';

/**
 * Where requests go: a base URL taken apart. `prefix` has no trailing slash; `query` goes with every request, without its question mark;
 * `credentials` are for redaction.
 */
export type Base = {
  tls: boolean;
  hostname: string;
  port: number;
  host: string;
  origin: string;
  prefix: string;
  query: string;
  credentials: Record<string, string>;
};

/** Takes a base URL apart; throws an Error when it is not an absolute http(s) URL or has a fragment. */
export function parseBase(baseUrl: string): Base {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  // The message does not repeat the URL: it may hold a password.
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error('the base URL must be an absolute http or https URL');
  if (url.hash !== '') throw new Error('the base URL must have no fragment');
  const tls = url.protocol === 'https:';
  return {
    tls,
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (tls ? 443 : 80) : Number(url.port),
    host: url.host,
    origin: url.origin,
    prefix: url.pathname.replace(/(?<!\/)\/+$/, ''),
    query: url.search.slice(1),
    credentials: { ...readCredentials(url), ...readKeys(url) },
  };
}

/** The password in a URL, as the secret `userinfo`; a lone user name is taken for a token. */
function readCredentials({ username, password }: URL): Record<string, string> {
  const encoded = password === '' ? username : password;
  if (encoded === '') return {};
  try {
    return { userinfo: decodeURIComponent(encoded) };
  } catch {
    return { userinfo: encoded };
  }
}

/** Values of the base URL's query that can be told from words, such as a key: `sig` as the secret `querySig`. */
function readKeys({ searchParams }: URL): Record<string, string> {
  const telling = [...searchParams].filter(([, value]) => isTelling(value));
  return Object.fromEntries(telling.map(([name, value]) => [nameSecret('query', name), value]));
}

/** The whole target of a request: below the base URL's prefix, or what stands in its place, with the base URL's query. Throws an Error where that prefix is another one. */
export function targetOf(
  { target, server }: Pick<RequestSpec, 'target' | 'server'>,
  { prefix, query }: Pick<Base, 'prefix' | 'query'>,
): string {
  if (server && !prefix.endsWith(server.from)) throw new Error(`the base URL does not end with ${server.from}`);
  const start = server ? prefix.slice(0, prefix.length - server.from.length) + server.to : prefix;
  return query === '' ? start + target : `${start}${target}${target.includes('?') ? '&' : '?'}${query}`;
}

/**
 * The request exactly as it goes out. Nothing is checked, normalised or escaped, because an illegal method, target or header
 * is what some provocations are about. Only what the caller left out is added: `Host`, `User-Agent`, `Content-Length` (when
 * there is a body, or the method means one to come, and no `Transfer-Encoding`) and `Connection: close`.
 */
export function writeRequest(
  request: RequestSpec,
  base: Base,
  secrets: Record<string, string>,
  userAgent: string,
): Buffer {
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const body = bodyBytes(request.body, secrets);
  const headers = request.headers.map(([name, value]) => [name, fillPlaceholders(value, secrets)]);
  // RFC 9110 §7.2: Host should come first.
  if (!given.has('host')) headers.unshift(['Host', base.host]);
  if (!given.has('user-agent')) headers.push(['User-Agent', userAgent]);
  // RFC 9112 §6.2: no Content-Length beside Transfer-Encoding; the caller then frames the body itself.
  if ((body || expectsBody(request)) && !given.has('content-length') && !given.has('transfer-encoding'))
    headers.push(['Content-Length', String(body?.length ?? 0)]);
  if (!given.has('connection')) headers.push(['Connection', 'close']);
  const target = fillPlaceholders(targetOf(request, base), secrets);
  const lines = [`${request.method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const head = encodeWire(`${lines.join('\r\n')}\r\n\r\n`);
  return body ? Buffer.concat([head, body]) : head;
}

/** Whether a request is of a method that means a body to come: without one it says so (RFC 9110 §8.6), or some front ends answer 411. */
export function expectsBody({ method }: Pick<RequestSpec, 'method'>): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

function bodyBytes(body: RequestSpec['body'], secrets: Record<string, string>): Buffer | undefined {
  if (!body) return undefined;
  const bytes = 'text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64');
  // Byte by byte, since bytes need not be text.
  return bytes.includes('{{secret') ? Buffer.from(fillSecrets(bytes.toString('latin1'), secrets), 'latin1') : bytes;
}
