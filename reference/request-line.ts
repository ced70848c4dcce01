import type { IncomingMessage } from 'node:http';

// RFC 3986 §2: a URI is visible ASCII; a fragment never travels (RFC 9112 §3.2). `^`, `|`, `{`, `}` and the backtick are
// let through, because browsers send them in queries as they are.
const TARGET = /^[!$-;=?-[\]^-~]+$/;
// RFC 3986 §3.2.2 host and §3.2.3 port.
const HOST = /^[\w\-.~%!$&'()*+,;=:[\]]*$/;
const ABSOLUTE_FORM = /^https?:\/\/[^/?]+/i;

/**
 * Says why a request must not be routed at all, or `undefined`; rewrites an absolute-form target to its path.
 * It covers what Node accepts or would answer on its own, without a body.
 */
export function findMalformedRequest(request: IncomingMessage): string | undefined {
  if (request.httpVersionMajor !== 1) return 'The HTTP version is not supported.';
  return findHostProblem(request) ?? findTargetProblem(request);
}

/** Values of all fields of that (lower-case) name, as sent: Node drops the second of several singleton fields. */
export function rawHeaderValues(request: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  const raw = request.rawHeaders;
  for (let index = 0; index < raw.length; index += 2) {
    const field = raw[index] as string;
    if (field.length === name.length && field.toLowerCase() === name) values.push(raw[index + 1] as string);
  }
  return values;
}

// RFC 9112 §3.2: 400 for an HTTP/1.1 request without Host, with several, or with an invalid one.
function findHostProblem(request: IncomingMessage): string | undefined {
  const [host, ...others] = rawHeaderValues(request, 'host');
  if (others.length > 0) return 'The request has more than one Host header.';
  if (host === undefined) return request.httpVersionMinor === 0 ? undefined : 'The Host header is missing.';
  return HOST.test(host) ? undefined : 'The Host header is invalid.';
}

function findTargetProblem(request: IncomingMessage): string | undefined {
  const target = request.url ?? '';
  if (!TARGET.test(target)) return 'The request target contains a character that is not allowed in a URL.';
  if (target.includes('%')) {
    if (target.includes('%00')) return 'The request target contains a NUL character.';
    try {
      decodeURIComponent(target);
    } catch {
      return 'The request target is not valid percent-encoded UTF-8.';
    }
  }
  if (target.startsWith('/')) return undefined;
  // RFC 9112 §3.2.4: `OPTIONS *` is about the server as a whole; no route has that, so it goes to the router as `/`.
  if (target === '*' && request.method === 'OPTIONS') {
    request.url = '/';
    return undefined;
  }
  // RFC 9112 §3.2.2: a server must accept the absolute form.
  if (!ABSOLUTE_FORM.test(target)) return 'The request target is not a path.';
  const rest = target.replace(ABSOLUTE_FORM, '');
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  return undefined;
}
