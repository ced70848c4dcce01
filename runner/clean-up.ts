import { operationOf, type Resource } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Removal } from './build-world.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';
import { awaitGone } from './settle.ts';
import { mayPass } from './standing.ts';

/** A removal that was accepted is waited for so long, in milliseconds. */
const LONGEST_REMOVAL_MS = 30_000;

/**
 * Removes what the run made: kind by kind, first what depends on others, and all of a kind side by side. Yields one sentence for
 * each object that is still there afterwards. `awaitBack` is asked where a target may just be away; what it refused then is tried
 * once more if the target is back, or was never away.
 */
export async function cleanUp(
  session: Session,
  removals: readonly Removal[],
  awaitBack: () => Promise<boolean> = async () => false,
): Promise<string[]> {
  const left: string[] = [];
  // All of them first: what is within another object is removed by a path that names both.
  for (const { operation, params } of removals) session.gate.own(operationOf(session.contract, operation).path, params);
  // Resources stand behind those that they depend on.
  const rankOf = (kind: string) => session.resources.findLastIndex((each) => each.remove?.id === kind);
  const kinds = [...new Set(removals.map(({ operation }) => operation))];
  const waiting = kinds.sort((one, other) => rankOf(other) - rankOf(one));
  for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
    const own = removals.filter(({ operation }) => operation === kind);
    const tried = await removeAll(session, own, awaitBack);
    left.push(...tried.flatMap(({ complaint }) => complaint ?? []));
    // What is accepted only keeps what it depends on; one after the other, as the first takes as long as all.
    for (const [index, { isAccepted }] of tried.entries())
      if (isAccepted && waiting.length > 0)
        await awaitGone(session, resourceRemovedBy(session, kind), own[index]?.params ?? {}, LONGEST_REMOVAL_MS);
  }
  return left;
}

function resourceRemovedBy({ resources }: Session, operation: string): Resource | undefined {
  return resources.find(({ remove: own }) => own?.id === operation);
}

async function removeAll(
  session: Session,
  removals: readonly Removal[],
  awaitBack: () => Promise<boolean>,
): Promise<Tried[]> {
  const tried = await Promise.all(removals.map((removal) => remove(session, removal)));
  if (!tried.some(({ mayPass: isPassing }) => isPassing) || !(await awaitBack())) return tried;
  return Promise.all(tried.map((each, index) => (each.mayPass ? remove(session, removals[index] as Removal) : each)));
}

/** Whether a removal was only accepted, or why the object is still there, and whether that may be over later. */
type Tried = { isAccepted: boolean; complaint?: string; mayPass?: boolean };

async function remove(session: Session, { operation: id, params }: Removal): Promise<Tried> {
  const operation = operationOf(session.contract, id);
  const request = buildRequest(operation, { params });
  const { exchange } = await sendPatiently(session, { request, danger: 'write', isUrgent: true });
  const { response, failure } = exchange;
  const gone = response !== undefined && (response.status < 300 || response.status === 404 || response.status === 410);
  const isAccepted = response?.status === 202;
  if (gone) return { isAccepted };
  const complaint = `${request.method} ${request.target} answered ${response?.status ?? failure?.message ?? 'nothing'}`;
  return { isAccepted, complaint, mayPass: failure?.kind !== 'unreachable' && mayPass(response?.status ?? null) };
}
