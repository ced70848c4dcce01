import { encodeWire } from '../model/encode-wire.ts';
import type { RequestSpec } from '../model/exchange.ts';
import { fillPlaceholders, fillSecrets } from './placeholders.ts';

/** Where requests go: a base URL taken apart. `prefix` has no trailing slash; `credentials` are for redaction, never sent. */
export type Base = {
  tls: boolean;
  hostname: string;
  port: number;
  host: string;
  origin: string;
  prefix: string;
  credentials: Record<string, string>;
};

/** Takes a base URL apart; throws an Error when it is not an absolute http(s) URL or has a query or fragment. */
export function parseBase(baseUrl: string): Base {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  // The message does not repeat the URL: it may hold a password.
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error('the base URL must be an absolute http or https URL');
  if (url.search !== '' || url.hash !== '') throw new Error('the base URL must have no query and no fragment');
  const tls = url.protocol === 'https:';
  return {
    tls,
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (tls ? 443 : 80) : Number(url.port),
    host: url.host,
    origin: url.origin,
    prefix: url.pathname.replace(/\/+$/, ''),
    credentials: readCredentials(url),
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

/**
 * The request exactly as it goes out. Nothing is checked, normalised or escaped, because an illegal method, target or header
 * is what some provocations are about. Only what the caller left out is added: `Host`, `User-Agent`, `Content-Length` (when
 * there is a body and no `Transfer-Encoding`) and `Connection: close`.
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
  if (body && !given.has('content-length') && !given.has('transfer-encoding'))
    headers.push(['Content-Length', String(body.length)]);
  if (!given.has('connection')) headers.push(['Connection', 'close']);
  const target = `${base.prefix}${fillPlaceholders(request.target, secrets)}`;
  const lines = [`${request.method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const head = encodeWire(`${lines.join('\r\n')}\r\n\r\n`);
  return body ? Buffer.concat([head, body]) : head;
}

function bodyBytes(body: RequestSpec['body'], secrets: Record<string, string>): Buffer | undefined {
  if (!body) return undefined;
  const bytes = 'text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64');
  // Byte by byte, since bytes need not be text.
  return bytes.includes('{{secret') ? Buffer.from(fillSecrets(bytes.toString('latin1'), secrets), 'latin1') : bytes;
}
