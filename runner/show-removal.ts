import { toCurl } from '../judge/curl.ts';
import { operationOf } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Removal } from './build-world.ts';
import type { Session } from './session.ts';

/** The shell command that removes an object of the target at `url`; of secrets it has the names only, such as `$API_TOKEN`. */
export function showRemoval(
  { contract }: Pick<Session, 'contract'>,
  { operation, params }: Removal,
  url: string,
): string {
  const request = buildRequest(operationOf(contract, operation), { params });
  return toCurl(request, `${url.replace(/\/*(?:\?.*)?$/, '')}${request.target}`);
}
