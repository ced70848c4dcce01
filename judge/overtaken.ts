import { type Exchange, isSuccess } from '../model/exchange.ts';
import type { Answer } from './answer.ts';

/**
 * Whether the other sending of the same case was carried out, although it should not have been. What this one then met (a name that is
 * taken, an object that is gone) is that one's doing: it says neither how the case is answered nor that it is answered in two ways.
 */
export function isOvertaken({ case: { request }, exchanges }: Answer, exchange: Exchange): boolean {
  if (['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(request.method) || isSuccess(exchange)) return false;
  return exchanges.some(({ exchange: other, waitedMs }) => waitedMs === undefined && isSuccess(other));
}
