import type { Answer } from '../judge/answer.ts';
import type { ControlOutcome } from '../judge/cell-outcome.ts';
import type { Case, World } from '../plan/case.ts';
import { neededResources } from '../plan/needed-resources.ts';
import { collectControls, type Expansion, expandCell, type PlannedCell } from '../plan/plan.ts';
import { emptyWorld, extendWorld, type Journal, makeHeld } from './build-world.ts';
import { PreflightError } from './preflight.ts';
import { runControls } from './run-controls.ts';
import { type Session, sceneOf } from './session.ts';

/** What stands before a cell runs: the objects on the target and what became of the controls. */
export type Groundwork = {
  world: World;
  controls: Record<string, ControlOutcome>;
  /** The cases of a cell that was prepared. */
  casesOf(cell: PlannedCell): Expansion;
  /** Makes what these cells need and is not there yet, and sends those of their controls that were not sent. */
  prepare(cells: readonly PlannedCell[]): Promise<void>;
};

/** Groundwork of which nothing is laid yet. `run` begins the names of its objects. */
export function createGroundwork(session: Session, run: string, journal: Journal): Groundwork {
  const world = emptyWorld(run);
  session.gate.adopt(world);
  const controls: Record<string, ControlOutcome> = {};
  const made = new Set<string>();
  const expansions = new Map<PlannedCell, Expansion>();
  let last: Promise<void> = Promise.resolve();

  async function lay(cells: readonly PlannedCell[]): Promise<void> {
    const resources = neededResources(cells, session.resources).filter(({ name }) => !made.has(name));
    for (const { name } of resources) made.add(name);
    await extendWorld(session, world, resources, journal);
    for (const { operation, status } of cells) if (status === 422) await makeHeld(session, world, operation, journal);
    const scene = sceneOf(session, world);
    for (const cell of cells) if (!expansions.has(cell)) expansions.set(cell, expandCell(cell, scene));
    const open = collectControls(cells.flatMap((cell) => expansions.get(cell)?.cases ?? []));
    const fresh = open.filter(({ id }) => controls[id] === undefined);
    const sent = await runControls(session, fresh, journal);
    Object.assign(controls, sent);
    expectAnswers(Object.values(sent));
  }

  return {
    world,
    controls,
    casesOf: (cell) => expansions.get(cell) ?? { cases: [] },
    // One after the other: what one makes the next finds there.
    prepare(cells) {
      last = last.then(() => lay(cells));
      return last;
    },
  };
}

/** A target that answers none of its controls is not there any more, which is one complaint and not one of each cell. */
function expectAnswers(outcomes: ControlOutcome[]): void {
  const [first] = outcomes;
  if (!first || outcomes.some(({ record }) => record.actual !== null)) return;
  throw new PreflightError(
    `The target stopped answering before the first cell: ${first.record.reason ?? 'no answer'}.`,
  );
}

/** Why a case may not be sent: a setting keeps it back, or a control of its own did not hold, so that no error could be credited. */
export function whyBlocked(each: Case, groundwork: Pick<Groundwork, 'controls'>): Answer['blocked'] {
  if (each.withheld !== undefined) return { outcome: 'untestable', reason: each.withheld };
  const unheld = each.controls.filter((control) => !groundwork.controls[control.id]?.record.held);
  const failed = unheld.find((control) => !control.optional) ?? unheld[0];
  if (!failed) return undefined;
  const reason = groundwork.controls[failed.id]?.record.reason ?? 'it was not sent';
  const outcome = failed.optional ? 'untestable' : 'error';
  return { outcome, reason: `the control "${failed.title}" did not hold: ${reason}` };
}
