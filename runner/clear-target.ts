import type { Control } from '../plan/case.ts';
import type { Belongings } from './belongings.ts';
import type { Removal } from './build-world.ts';
import { cleanUp } from './clean-up.ts';
import { restore } from './faults/restore.ts';
import type { SwitchJournal } from './faults/throw-switch.ts';
import type { MarkKeeper } from './keep-mark.ts';
import type { Ledger } from './ledger.ts';
import { describeStrays } from './open-ledger.ts';
import type { Session } from './session.ts';
import { tellLeft } from './show-removal.ts';
import { createStanding, MOST_WAIT_MS } from './standing.ts';
import { findOwn } from './sweep.ts';

/** What a run has left on its target, as far as it knows: `kept` are controls that held, `isCut` says that it was stopped half way. */
export type Traces = {
  run: string;
  mark: MarkKeeper;
  ledger: Ledger;
  belongings: Belongings;
  switches: SwitchJournal;
  kept: readonly Control[];
  isCut: boolean;
};

/**
 * Puts the target back as it was before a run: faults are switched off and all that the run made is removed, known or not, its mark last.
 * Yields one sentence for each thing that went wrong.
 */
export async function clearTarget(session: Session, traces: Traces): Promise<string[]> {
  const { run, mark, ledger, belongings, switches, kept, isCut } = traces;
  const problems: string[] = [];
  let back: Promise<boolean> | undefined;

  /** Waits once for a target that is away, whatever came before: what the run made has to go. */
  function awaitBack(): Promise<boolean> {
    back ??= (async () => {
      const standing = createStanding(session, MOST_WAIT_MS);
      for (const control of kept) standing.note(control);
      return (await standing.askAnother({ id: '' }))?.held ?? true;
    })();
    return back;
  }

  /** What cannot be looked for is a complaint, and the rest is removed all the same. */
  async function tryTo(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      problems.push((error as Error).message);
    }
  }

  async function findRest(): Promise<void> {
    const { found, unseen } = await findOwn(session, run, belongings.list());
    for (const { removal } of found) belongings.note(removal);
    problems.push(...unseen.map((each) => `this run may have left objects behind that it could not look for: ${each}`));
  }

  // First: what is removed is removed from an API that works.
  problems.push(...(await restore(session, switches)));
  const marks = await mark.end();
  await tryTo(ledger.settle);
  if (ledger.isUnsure() && (await awaitBack())) await tryTo(ledger.settle);
  if (isCut || switches.list().length > 0 || ledger.isUnsure() || marks.mayBeMore) await tryTo(findRest);
  // Where nothing may be made, that something was is worse than whatever else was seen.
  if (!session.capabilities.allow.includes('write')) problems.push(...describeStrays(ledger.strays()));
  // The mark comes last: whatever ends this run before that, the next one can tell.
  const left = await cleanUp(session, without(belongings.list(), marks.removals), { awaitBack, isPatient: true });
  const last = left.length > 0 ? { awaitBack } : ({ awaitBack, isPatient: true } as const);
  left.push(...(await cleanUp(session, marks.removals, last)));
  return [...problems, ...tellLeft(session, left, marks.removals)];
}

/** Removals but for some others. */
function without(removals: readonly Removal[], others: readonly Removal[]): Removal[] {
  const keyOf = ({ operation, params }: Removal) => JSON.stringify([operation, params]);
  const kept = new Set(others.map(keyOf));
  return removals.filter((each) => !kept.has(keyOf(each)));
}
