import type { Answer } from '../../judge/answer.ts';
import type { PlannedCell } from '../../plan/plan.ts';
import { type Resource, resourceOf } from '../../plan/resources.ts';
import { mayWrite } from '../../provocations/controls.ts';
import { buildRequest } from '../../provocations/request.ts';
import type { Journal } from '../build-world.ts';
import type { Groundwork } from '../groundwork.ts';
import { type Session, sceneOf } from '../session.ts';
import { aimAt } from './aim-at.ts';
import { type Convicted, effectOf, listRefused, type Reading, readObject, sentBy } from './effect.ts';
import { type Changing, findChanged } from './find-changed.ts';
import { findMade } from './find-made.ts';

/** Of each way to be wrong, so many are tried although nothing is suspected: an effect on an object that has the value already does not show. */
const MOST_SAMPLES = 3;

/** Looks whether errors of a cell had an effect all the same: begun before its requests are sent, and asked when they are answered. */
export async function watchEffects(
  session: Session,
  cell: PlannedCell,
  groundwork: Groundwork,
  journal: Journal,
): Promise<(answers: readonly Answer[]) => Promise<readonly Answer[]>> {
  const { ledger, resources } = session;
  const { operation } = cell;
  if (!ledger) return async (answers) => answers;
  const made = resources.find(
    ({ create, update }) => create === operation || (update === operation && cell.status === 404),
  );
  const madeBefore = ledger.strays().length;
  const changing = mayWrite(sceneOf(session, groundwork.world)) ? changedBy(cell, session, groundwork) : undefined;
  const before = changing && (await readFrom(session, changing));
  return async (answers) => {
    const refused = listRefused(answers);
    if (refused.length === 0) return answers;
    const aimed = changing && before ? refused.filter((answer) => isAimedAt(answer, changing)) : [];
    const convicted = [
      made && (await lookForMade(session, ledger, made, refused, madeBefore, groundwork)),
      changing && (await lookForChanged(session, groundwork, changing, aimed, before, journal)),
    ];
    const looked = noteLooked(answers, made ? refused : aimed);
    return convicted.reduce<readonly Answer[]>((all, each) => (each ? withEffect(all, each) : all), looked);
  };
}

/** The object of this run that a cell's requests change or remove, and must not. */
function changedBy(cell: PlannedCell, { resources }: Session, { world }: Groundwork): Changing | undefined {
  const { operation } = cell;
  const resource = resourceOf(operation, resources);
  if (!resource?.read) return undefined;
  const user = resources.find(({ create }) => create.id === operation.refusedWhileUsedBy);
  const isChange = resource.update === operation;
  const from = isChange ? world.main[resource.name] : user && world.held[resource.name];
  return from?.own ? { cell, resource, from, ...(!isChange && user && { user }) } : undefined;
}

/** Whether a request goes to that object, and not to one that is not there. */
function isAimedAt({ case: each }: Answer, { cell, resource, from }: Changing): boolean {
  return aimAt(each, cell.operation, resource, from, from) !== undefined;
}

function readFrom(session: Session, { resource, from }: Changing): Promise<Reading | undefined> {
  return resource.read
    ? readObject(session, buildRequest(resource.read, { params: from.params }))
    : Promise.resolve(undefined);
}

async function lookForMade(
  session: Session,
  ledger: NonNullable<Session['ledger']>,
  resource: Resource,
  refused: readonly Answer[],
  before: number,
  { world }: Groundwork,
): Promise<Convicted | undefined> {
  await ledger.look(resource);
  const strays = ledger
    .strays()
    .slice(before)
    .filter((each) => each.resource === resource);
  // Suspicion only: what other cells have sent meanwhile may have made it.
  return strays.length > 0 && mayWrite(sceneOf(session, world))
    ? findMade(session, ledger, resource, refused, strays)
    : undefined;
}

async function lookForChanged(
  session: Session,
  groundwork: Groundwork,
  changing: Changing,
  aimed: readonly Answer[],
  before: Reading | undefined,
  journal: Journal,
): Promise<Convicted | undefined> {
  if (aimed.length === 0) return undefined;
  const after = await readFrom(session, changing);
  const suspects = aimed.filter(({ case: each }) => before && after && effectOf(before, after, sentBy(each)));
  const samples = [...new Map(aimed.map((answer) => [answer.case.provocation, answer])).values()];
  const tried = new Set([...suspects, ...samples.slice(0, MOST_SAMPLES)]);
  return findChanged(session, groundwork, changing, [...tried], journal);
}

/** Nothing was seen of an effect, as far as was looked. */
function noteLooked(answers: readonly Answer[], refused: readonly Answer[]): readonly Answer[] {
  return answers.map((each) => {
    const [first, ...rest] = each.exchanges;
    return first && refused.includes(each) ? { ...each, exchanges: [{ effect: null, ...first }, ...rest] } : each;
  });
}

function withEffect(answers: readonly Answer[], { answer, exchange, effect }: Convicted): readonly Answer[] {
  return answers.map((each) =>
    each.case === answer.case ? { ...each, exchanges: [{ exchange, effect }, ...each.exchanges.slice(1)] } : each,
  );
}
