import type { Exchange, RequestSpec } from '../model/exchange.ts';
import { decodeLoosely } from '../model/percent.ts';
import { parseBody } from './response-body.ts';

/** Fields that may stand once only (RFC 9110 §5.3): of two lines some servers take the first, and some refuse both. */
const SINGLE = ['authorization', 'content-type', 'content-length', 'host'];

/** Methods that servers have heard of and hand on (RFC 9110 §9.3, RFC 5789). */
const HANDED_ON = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** A percent sign that no two hexadecimal digits follow (RFC 3986 §2.1). Bytes that are no UTF-8 are handed on. */
const NO_ENCODING = /%(?![0-9a-f]{2})/i;

/**
 * Whether an answer is one of those that HTTP servers and proxies give by themselves, before any API hears of the request: a refusal
 * without JSON of what they cannot read, or will not hand on. nginx and Go do so, for example, at `%zz` or at two Authorization lines.
 * What the contract says about its bodies is not said of these.
 */
export function isBeforeApi({ request, response }: Exchange): boolean {
  if (!response || response.status < 400 || response.status > 499 || !isOdd(request)) return false;
  return parseBody(response).kind !== 'json';
}

function isOdd({ method, target, headers }: RequestSpec): boolean {
  const names = headers.map(([name]) => name.toLowerCase());
  if (SINGLE.some((name) => names.indexOf(name) !== names.lastIndexOf(name))) return true;
  return !HANDED_ON.includes(method) || NO_ENCODING.test(target) || holdsOddBytes(target);
}

/** Control characters, and slashes of either kind, within a part of the path. */
function holdsOddBytes(target: string): boolean {
  const parts = (target.split('?')[0] ?? '').split('/').map(decodeLoosely);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return parts.some((part) => /[\u0000-\u001f\u007f/\\]/.test(part));
}
