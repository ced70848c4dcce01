import { MOST_OBJECTS } from '../plan/case.ts';
import type { Resource } from '../plan/resources.ts';
import type { Journal, Removal } from './build-world.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { Stray } from './ledger-book.ts';
import { showObject } from './made-object.ts';
import { nameFields } from './own-names.ts';
import { linkedOperation } from './pages/list-items.ts';
import type { Session } from './session.ts';
import { findOwn } from './sweep.ts';
import { undo } from './undo.ts';

/** A session with a ledger of what it makes. Bursts are left alone: what is counted one by one is no burst. */
export function withLedger(session: Session, ledger: Ledger): Session {
  const { client, faultClient } = session;
  return { ...session, client: ledger.guard(client), faultClient: ledger.watch(faultClient), ledger };
}

/** The ledger of a run: what bears its name is looked for, and removed where it should not be there, in a session that is never stopped. */
export function openLedger(session: Session, run: string, journal: Journal, known: () => readonly Removal[]): Ledger {
  const { contract, resources, capabilities } = session;
  const { allow, mostObjects = MOST_OBJECTS } = capabilities;
  const ledger: Ledger = createLedger({
    contract,
    resources,
    most: mostObjects,
    mayMake: allow.includes('write'),
    signal: session.halt.signal,
    ...session.gate,
    find: async (resource) => {
      if (!isListed(resource)) return 'unlisted';
      const { found, unseen } = await findOwn(session, run, known(), [resource]);
      return unseen.length > 0 && found.length === 0 ? 'unseen' : found;
    },
    keep: (resource, params) => removalsOf([{ resource, params }]).forEach(journal),
    undo: async (strays) => void (await undo(withLedger(session, ledger), removalsOf(strays), journal)),
  });
  return ledger;
}

/** Whether a list shows what there is of a kind, and by which name. */
function isListed(resource: Resource): boolean {
  return (
    resource.list !== undefined && nameFields(resource.create).length > 0 && linkedOperation(resource) !== undefined
  );
}

function removalsOf(strays: readonly Pick<Stray, 'resource' | 'params'>[]): Removal[] {
  return strays.flatMap(({ resource: { remove }, params }) => (remove ? [{ operation: remove.id, params }] : []));
}

/** What was made and not told of, in one sentence for each kind and answer. */
export function describeStrays(strays: readonly Stray[]): string[] {
  const groups = new Map<string, Stray[]>();
  for (const stray of strays) {
    const { create } = stray.resource;
    const key = `${create.method} ${create.path} answered ${stray.answers.join(', ') || 'nothing'}`;
    groups.set(key, [...(groups.get(key) ?? []), stray]);
  }
  return [...groups].map(([answered, some]) => {
    const shown = some.slice(0, MOST_SHOWN).map(({ resource, params }) => showObject(resource, params));
    const more = some.length > shown.length ? `, and ${some.length - shown.length} more` : '';
    const fate = some.every(({ resource }) => resource.remove) ? 'removed again' : 'which nothing can remove';
    return `${answered}, and ${some.length === 1 ? 'an object was' : `${some.length} objects were`} made all the same: ${shown.join(', ')}${more}, ${fate}`;
  });
}

/** So many objects are named in one sentence. */
const MOST_SHOWN = 5;
