import type { ResponseRecord } from '../model/exchange.ts';
import type { GatewaySign } from '../plan/case.ts';

/**
 * Whether a gateway in front of the API gave this answer itself, as the target profile's signs tell. A sign matches when all
 * that it names holds; header names and texts are compared without regard to letter case.
 */
export function isFromGateway(response: ResponseRecord | undefined, signs: readonly GatewaySign[] = []): boolean {
  return response !== undefined && signs.some((sign) => matches(response, sign));
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
