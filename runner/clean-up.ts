import { operationOf } from '../engine/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Removal } from './build-world.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';

/** Removes what the run made, last made first. Yields one sentence for each object that is still there afterwards. */
export async function cleanUp(session: Session, removals: Removal[]): Promise<string[]> {
  const left: string[] = [];
  // All of them first: what is within another object is removed by a path that names both.
  for (const { operation, params } of removals) session.gate.own(operationOf(session.contract, operation).path, params);
  for (const { operation: id, params } of [...removals].reverse()) {
    const operation = operationOf(session.contract, id);
    const request = buildRequest(operation, { params });
    const { exchange } = await sendPatiently(session, { request, danger: 'write' });
    const { response, failure } = exchange;
    const gone =
      response !== undefined && (response.status < 300 || response.status === 404 || response.status === 410);
    if (!gone)
      left.push(`${request.method} ${request.target} answered ${response?.status ?? failure?.message ?? 'nothing'}`);
  }
  return left;
}
