import { parseExactly } from '../judge/response-body.ts';
import { renameParams } from '../plan/places.ts';
import type { Resource } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Removal } from './build-world.ts';
import { cleanUp, type Left } from './clean-up.ts';
import { findNamed, type Inventory, type Named, type Parents } from './inventory.ts';
import { lastMarks, OLD_MS, readMark } from './mark.ts';
import { nameAt, nameFields } from './own-names.ts';
import { bearsMark, runOf } from './run-id.ts';
import { sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';

/**
 * What runs have left on a target: `killed` is of those whose last mark is old, `alive` of those whose is not, and of the others nobody can
 * tell (`unsure`).
 */
export type Leftovers = Record<'killed' | 'alive' | 'unsure', Named[]> & Omit<Inventory, 'found'>;

/** Looks for what other runs than `own` have left, by their marks (`runner/mark.ts`). */
export async function findLeftovers(session: Session, own?: string): Promise<Leftovers> {
  const { found, ...rest } = await findNamed(session, (name) => runOf(name) !== undefined && !isOf(name, own));
  const { date, partial } = rest;
  const marks = lastMarks(found.map(({ name }) => name));
  // Where a list was not seen to its end, a newer one may stand there.
  const half = found
    .filter(({ name, resource }) => readMark(name) && partial.includes(resource))
    .map(({ name }) => runOf(name));
  const stateOf = ({ name }: Named) => {
    const run = runOf(name) ?? '';
    const at = marks.get(run);
    if (at === undefined || date === undefined) return 'unsure';
    if (date - at < OLD_MS) return 'alive';
    return half.includes(run) ? 'unsure' : 'killed';
  };
  const those = (state: string) => found.filter((each) => stateOf(each) === state);
  return { killed: those('killed'), alive: those('alive'), unsure: those('unsure'), ...rest };
}

function isOf(name: string, run: string | undefined): boolean {
  return run !== undefined && bearsMark(name, run);
}

/**
 * Removes what runs that were killed have left on the target: those whose mark has not been made anew for an hour. Yields how many objects
 * there were, a sentence for each that could not be removed, and `notes` on that and on what is left to a person to decide. `own` is this run.
 */
export async function sweep(
  session: Session,
  own?: string,
): Promise<{ found: number; left: string[]; notes: string[] }> {
  const first = await findLeftovers(session, own);
  const isEmpty = first.killed.length + first.unsure.length === 0;
  // A mark that was made anew while the pages were looked through may have been on none of them.
  const { killed, unsure, unseen, date } = isEmpty ? first : await findLeftovers(session, own);
  const runs = new Set(first.killed.map(({ name }) => runOf(name)));
  const found = killed.filter(({ name }) => runs.has(runOf(name)));
  const left = (await removeLeftovers(session, found)).map(({ why }) => why);
  const notes = [
    ...left.map((each) => `What a killed run has left could not be removed: ${each}.`),
    ...unseen.map((each) => `What killed runs may have left could not be looked for: ${each}`),
  ];
  if (unsure.length > 0) notes.push(describe(unsure, date));
  return { found: found.length, left, notes };
}

function describe(unsure: readonly Named[], date: number | undefined): string {
  const [first] = unsure;
  const more = unsure.length > 1 ? ` and ${unsure.length - 1} more` : '';
  const why =
    date === undefined
      ? 'no answer has a Date header by which to tell whether the runs that made them are under way'
      : 'the runs that made them left no mark of when they last were under way';
  return `Objects of earlier runs are left: ${first?.resource.name} "${first?.name.slice(0, 200)}"${more}; ${why}, so that nothing was removed. "npm run sweep" lists them.`;
}

/** Removes objects that runs have left, of each its mark last, as long as that has anything to tell of. Yields each that is still there. */
export async function removeLeftovers(session: Session, found: readonly Named[]): Promise<Left[]> {
  const all: Left[] = [];
  for (const run of new Set(found.map(({ name }) => runOf(name)))) {
    const own = found.filter(({ name }) => runOf(name) === run);
    const isMark = ({ name }: Named) => readMark(name) !== undefined;
    const left = await removeThose(
      session,
      own.filter((each) => !isMark(each)),
    );
    all.push(...left, ...(left.length > 0 ? [] : await removeThose(session, own.filter(isMark))));
  }
  return all;
}

/** An id may have been given to somebody else since it was listed: another run sweeps, too. */
async function removeThose(session: Session, found: readonly Named[]): Promise<Left[]> {
  const still = await Promise.all(found.map((each) => stillBears(session, each)));
  return cleanUp(
    session,
    found.filter((_, index) => still[index]).map(({ removal }) => removal),
    { isPatient: true },
  );
}

async function stillBears(session: Session, { resource, params, name }: Named): Promise<boolean> {
  const { read, create, path } = resource;
  if (!read) return true;
  const request = buildRequest(read, { params: renameParams(path, params, read.path) });
  const { response } = (await sendPatiently(session, { request, danger: 'read' })).exchange;
  if (response?.status === 404 || response?.status === 410) return false;
  const body = response?.status === 200 ? parseExactly(response) : undefined;
  if (body?.kind !== 'json') return true;
  const shown = nameFields(create).flatMap((field) => nameAt(body.value, field) ?? []);
  return shown.length === 0 || shown.some((each) => runOf(each) === runOf(name));
}

/**
 * Objects with a name of this run, known or not: what fails may have made an object and not been able to say so. `known` are the
 * removals of those that are.
 */
export function findOwn(
  session: Session,
  run: string,
  known: readonly Removal[] = [],
  kinds: readonly Resource[] = session.resources,
): Promise<Inventory> {
  const parents: Parents = {};
  for (const { name, path, remove } of session.resources)
    parents[name] = known
      .filter(({ operation }) => operation === remove?.id)
      .map(({ params }) => (remove ? renameParams(remove.path, params, path) : params));
  return findNamed(session, (name) => bearsMark(name, run), kinds, parents);
}
