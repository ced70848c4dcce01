import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { unauthorized } from './errors.ts';
import { rawHeaderValues } from './request-line.ts';

/** Who asks: the holder of the ordinary or of the administrator token. */
export type Caller = 'ordinary' | 'administrator';

/** Finds out who asks; throws the 401 if nobody known does. */
export type Authenticate = (request: IncomingMessage) => Caller;

// RFC 9110 §11.4 credentials: scheme, spaces, token68; §11.1: the scheme is case-insensitive.
const CREDENTIALS = /^bearer +([\w\-.~+/]+=*)$/i;

/** An authentication that knows two bearer tokens, and reads them from the Authorization header only. */
export function createAuthentication(tokens: Record<Caller, string>): Authenticate {
  const ordinary = digest(tokens.ordinary);
  const administrator = digest(tokens.administrator);
  return (request) => {
    // Node keeps the first of several Authorization fields; which one counts must not depend on that (RFC 9110 §5.3).
    const fields = rawHeaderValues(request, 'authorization');
    const token = fields.length === 1 ? CREDENTIALS.exec(fields[0] as string)?.[1] : undefined;
    if (token === undefined) throw unauthorized(false);
    const presented = digest(token);
    // Both comparisons always run, each in constant time, on digests of equal length.
    const isOrdinary = timingSafeEqual(presented, ordinary);
    const isAdministrator = timingSafeEqual(presented, administrator);
    if (!isOrdinary && !isAdministrator) throw unauthorized(true);
    return isAdministrator ? 'administrator' : 'ordinary';
  };
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
