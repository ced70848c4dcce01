import type { Exchange, ResponseRecord } from '../model/exchange.ts';
import type { GatewaySign } from '../plan/case.ts';

/**
 * Whether a gateway in front of the API gave this answer itself, as the target profile's signs tell. A sign matches when all
 * that it names holds; header names and texts are compared without regard to letter case. Of a body there is none in an answer to
 * HEAD, so that the rest of the sign has to tell; where it names nothing else, it tells nothing.
 */
export function isFromGateway(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  signs: readonly GatewaySign[] = [],
): boolean {
  if (!response) return false;
  const legible = request.method === 'HEAD' ? signs.flatMap(withoutBody) : signs;
  return legible.some((sign) => matches(response, sign));
}

function withoutBody({ body, ...rest }: GatewaySign): GatewaySign[] {
  return body !== undefined && Object.keys(rest).length === 0 ? [] : [rest];
}

function matches({ status, headers, body }: ResponseRecord, sign: GatewaySign): boolean {
  if (sign.statuses && !sign.statuses.includes(status)) return false;
  if (sign.body !== undefined && !holds(body, sign.body)) return false;
  return Object.entries(sign.headers ?? {}).every(([name, part]) =>
    headers.some(([each, value]) => each.toLowerCase() === name.toLowerCase() && holds(value, part)),
  );
}

function holds(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
