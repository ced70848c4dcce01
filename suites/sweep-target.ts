import type { Named } from '../runner/inventory.ts';
import { readMark } from '../runner/mark.ts';
import { runOf, runStartOf } from '../runner/run-id.ts';
import type { Session } from '../runner/session.ts';
import { showRemoval } from '../runner/show-removal.ts';
import { findLeftovers, removeLeftovers } from '../runner/sweep.ts';
import { disarm } from './disarm.ts';

/** What a sweep works on: a session on the target, and where its lines go. */
type Sweeping = { session: Session; say: (line: string) => void };

/**
 * Lists what runs have left on a target, with the command that removes each, and, if told to (`removes`), removes it, but for what
 * belongs to runs that are under way. Yields the exit code: 1 where something is left that was to be removed, or could not be looked for.
 */
export async function sweepTarget({ session, say }: Sweeping, removes: boolean): Promise<0 | 1> {
  const tell = (line: string) => say(disarm(session.seal.text(line)));
  const { killed, unsure, alive, unseen } = await findLeftovers(session);
  const own = [...killed, ...unsure];
  for (const each of own) {
    tell(
      describe(
        each,
        killed.includes(each) ? 'its run is not under way' : 'whether its run is under way nobody can tell',
      ),
    );
    if (!removes) tell(indent(showRemoval(session, each.removal)));
  }
  for (const each of alive)
    tell(describe(each, 'its run may be under way, as its mark is younger than an hour: it stays'));
  for (const each of unseen) tell(`Not looked through: ${each}`);
  if (!removes) {
    tell(own.length === 0 ? 'There is nothing to remove.' : `${count(own)} to remove: npm run sweep -- --yes`);
    return unseen.length > 0 ? 1 : 0;
  }
  const left = await removeLeftovers(session, own);
  for (const { removal, why } of left) {
    tell(`Left: ${why}`);
    tell(indent(showRemoval(session, removal)));
  }
  tell(`${count(own)} to remove, ${left.length} left.`);
  return left.length + unseen.length > 0 ? 1 : 0;
}

/** A kind, a name, and since when, by the clocks that there were. */
function describe({ resource, name }: Named, state: string): string {
  const at = readMark(name)?.at;
  const since =
    at === undefined
      ? `run of ${showTime(runStartOf(name))}, by its own clock`
      : `mark of ${showTime(at)}, by the server's clock`;
  return `${resource.name} "${name.slice(0, 200)}" (${since}; ${state})`;
}

function showTime(ms = 0): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function count(found: readonly Named[]): string {
  const runs = new Set(found.map(({ name }) => runOf(name))).size;
  return `${found.length} ${found.length === 1 ? 'object' : 'objects'} of ${runs} ${runs === 1 ? 'run' : 'runs'}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
