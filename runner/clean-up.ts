import { operationOf, type Resource } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Removal } from './build-world.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';
import { awaitGone } from './settle.ts';

/** A removal that was accepted is waited for so long, in milliseconds. */
const LONGEST_REMOVAL_MS = 30_000;

/**
 * Removes what the run made: kind by kind, first what depends on others, and all of a kind side by side. Yields one sentence for
 * each object that is still there afterwards.
 */
export async function cleanUp(session: Session, removals: readonly Removal[]): Promise<string[]> {
  const left: string[] = [];
  // All of them first: what is within another object is removed by a path that names both.
  for (const { operation, params } of removals) session.gate.own(operationOf(session.contract, operation).path, params);
  // Resources stand behind those that they depend on.
  const rankOf = (kind: string) => session.resources.findLastIndex((each) => each.remove?.id === kind);
  const kinds = [...new Set(removals.map(({ operation }) => operation))];
  for (const kind of kinds.sort((one, other) => rankOf(other) - rankOf(one))) {
    const own = removals.filter(({ operation }) => operation === kind);
    const tried = await Promise.all(own.map((removal) => remove(session, removal)));
    left.push(...tried.filter((each) => each !== undefined));
  }
  return left;
}

function resourceRemovedBy({ resources }: Session, operation: string): Resource | undefined {
  return resources.find(({ remove: own }) => own?.id === operation);
}

/** Removes one object; a string says that it is still there. */
async function remove(session: Session, { operation: id, params }: Removal): Promise<string | undefined> {
  const operation = operationOf(session.contract, id);
  const request = buildRequest(operation, { params });
  const { exchange } = await sendPatiently(session, { request, danger: 'write', isUrgent: true });
  const { response, failure } = exchange;
  // What depends on it can go only when it has gone.
  if (response?.status === 202) await awaitGone(session, resourceRemovedBy(session, id), params, LONGEST_REMOVAL_MS);
  const gone = response !== undefined && (response.status < 300 || response.status === 404 || response.status === 410);
  return gone
    ? undefined
    : `${request.method} ${request.target} answered ${response?.status ?? failure?.message ?? 'nothing'}`;
}
