import type { Answer } from '../../judge/answer.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { PlannedCell } from '../../plan/plan.ts';
import type { Resource, WorldObject } from '../../plan/resources.ts';
import { buildRequest } from '../../provocations/request.ts';
import { type Journal, makeObject, type Removal } from '../build-world.ts';
import type { Groundwork } from '../groundwork.ts';
import { sendPatiently } from '../send-patiently.ts';
import type { Session } from '../session.ts';
import { undo } from '../undo.ts';
import { aimAt } from './aim-at.ts';
import { type Convicted, effectOf, type Reading, readObject, saysNothingDone, sentBy } from './effect.ts';

/** So many requests of a cell are tried on objects of their own, at most. */
const MOST_TRIES = 12;

/** What a trial is about: the cell, the kind of object that it changes, and the one that its requests aim at. */
export type Changing = { cell: PlannedCell; resource: Resource; from: WorldObject; user?: Resource };

/** A fresh object, and how it is read. */
type Subject = { object: WorldObject; read(): Promise<Reading | undefined> };

/**
 * Sends requests that were refused again, each on an object of its own, until one has had its effect twice, the second time beside a twin
 * that nobody touches: what befalls both is not of the request's doing.
 */
export async function findChanged(
  session: Session,
  groundwork: Groundwork,
  changing: Changing,
  refused: readonly Answer[],
  journal: Journal,
): Promise<Convicted | undefined> {
  for (const answer of refused.slice(0, MOST_TRIES)) {
    const first = await tryOn(session, groundwork, changing, answer, journal, false);
    if (first === 'no room') return undefined;
    if (!first) continue;
    const again = await tryOn(session, groundwork, changing, answer, journal, true);
    if (again && again !== 'no room')
      return { answer, exchange: again.exchange, effect: `${again.effect} all the same, in two tries of two` };
  }
  return undefined;
}

async function tryOn(
  session: Session,
  groundwork: Groundwork,
  { cell, resource, from, user }: Changing,
  { case: each }: Answer,
  journal: Journal,
  hasTwin: boolean,
): Promise<{ exchange: Exchange; effect: string } | 'no room' | undefined> {
  const own: Removal[] = [];
  const make = async (kind: Resource, uses: Record<string, WorldObject> = {}): Promise<WorldObject | undefined> => {
    const made = await makeObject(session, groundwork.world, kind, `effect-${nextNumber()}`, uses, (removal) => {
      own.push(removal);
    });
    return typeof made === 'string' ? undefined : made;
  };
  const isRoomy = (kind: Resource) => (session.ledger?.room(kind) ?? 0) > (hasTwin ? 2 : 1);
  if (!isRoomy(resource) || (user && !isRoomy(user))) return 'no room';
  try {
    const subject = await subjectOf(session, resource, await make(resource));
    const twin = hasTwin ? await subjectOf(session, resource, await make(resource)) : undefined;
    if (!subject || (hasTwin && !twin)) return 'no room';
    if (user && !(await make(user, { [resource.name]: subject.object }))) return 'no room';
    const request = aimAt(each, cell.operation, resource, from, subject.object);
    const before = await subject.read();
    const beside = await twin?.read();
    if (!request || !before) return undefined;
    const { exchange } = await sendPatiently(session, { ...each, request });
    if (!saysNothingDone(exchange)) return undefined;
    const after = await subject.read();
    const effect = after && effectOf(before, after, sentBy({ request }));
    if (effect === undefined || !twin || !beside) return effect === undefined ? undefined : { exchange, effect };
    const other = await twin.read();
    return other && effectOf(beside, other, sentBy({ request })) === undefined ? { exchange, effect } : undefined;
  } finally {
    await undo(session, own, journal);
  }
}

async function subjectOf(
  session: Session,
  { read }: Resource,
  object: WorldObject | undefined,
): Promise<Subject | undefined> {
  if (!read || !object) return undefined;
  return { object, read: () => readObject(session, buildRequest(read, { params: object.params })) };
}

let count = 0;

/** No two objects may have one name. */
function nextNumber(): number {
  count += 1;
  return count;
}
