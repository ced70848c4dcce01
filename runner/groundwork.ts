import type { Answer } from '../judge/answer.ts';
import type { ControlOutcome } from '../judge/cell-outcome.ts';
import { unreached } from '../judge/outcome.ts';
import type { Case, Control, World } from '../plan/case.ts';
import { neededResources } from '../plan/needed-resources.ts';
import {
  collectControls,
  type Expansion,
  expandCell,
  hasCondition,
  type PlannedCell,
  withholdCases,
} from '../plan/plan.ts';
import { mayWrite } from '../provocations/controls.ts';
import { isSafe } from '../provocations/request.ts';
import { countNeeded, emptyWorld, extendWorld, type Journal, makeHeld } from './build-world.ts';
import type { HiddenWatch } from './effects/watch-hidden.ts';
import { PreflightError } from './preflight.ts';
import { runControls } from './run-controls.ts';
import { type Session, sceneOf } from './session.ts';
import { createStanding, type Standing, waitGranted } from './standing.ts';

/** What stands before a cell runs: the objects on the target and what became of the controls. */
export type Groundwork = {
  world: World;
  controls: Record<string, ControlOutcome>;
  /** How many objects a run needs of the kind that a control was to make, where some were made before and then no more. */
  neededOf(control: Control): number | undefined;
  /** Whether what held then still does. */
  standing: Standing;
  /** What is known of hidden objects. */
  hidden: HiddenWatch;
  /** Controls that make or change something and are sent once more just now, by id, and the status that each gets. */
  rewriting: Map<string, Promise<number | undefined>>;
  /** The cases of a cell that was prepared. */
  casesOf(cell: PlannedCell): Expansion;
  /** Some of them are not sent in this run, and why. */
  withhold(cell: PlannedCell, cases: readonly Case[], reason: string): void;
  /** Makes what these cells need and is not there yet, and sends those of their controls that were not sent. */
  prepare(cells: readonly PlannedCell[], hears: Hears): Promise<void>;
};

/** Hears of how far the ground is laid: that the cases of all cells are known, and so many controls are sent; and that a cell may run. */
type Hears = { onExpanded(controls: number): void; onReady(cell: PlannedCell): void };

/** How a server answers that there is no room for one more object: payment required, forbidden, too many, or no storage left. */
const NO_ROOM = [402, 403, 429, 507];

/** The same, and as it would also answer a body that it does not like. */
const MAY_BE_NO_ROOM = [...NO_ROOM, 400, 409, 422];

/**
 * Groundwork of which nothing is laid yet. `run` begins the names of its objects; `beforeMaking` comes before any of them
 * is made, and may make one of its own, of the kind that it yields.
 */
export function createGroundwork(
  session: Session,
  run: string,
  journal: Journal,
  beforeMaking: () => Promise<string | undefined> = async () => undefined,
): Groundwork {
  const world = emptyWorld(run);
  session.gate.trust(world.madeUp);
  const controls: Record<string, ControlOutcome> = {};
  const made = new Set<string>();
  const expansions = new Map<PlannedCell, Expansion>();
  let last: Promise<void> = Promise.resolve();
  const standing = createStanding(session, waitGranted(session.capabilities.profile));

  async function begin(): Promise<void> {
    const marked = await beforeMaking();
    if (marked !== undefined) world.marked = marked;
  }

  async function lay(cells: readonly PlannedCell[], { onExpanded, onReady }: Hears): Promise<void> {
    const resources = neededResources(cells, session.resources).filter(({ name }) => !made.has(name));
    for (const { name } of resources) made.add(name);
    if (resources.length > 0 && mayWrite(sceneOf(session, world))) await begin();
    await extendWorld(session, world, resources, journal);
    for (const cell of cells) if (hasCondition(cell, 'in-use')) await makeHeld(session, world, cell.operation, journal);
    const scene = sceneOf(session, world);
    for (const cell of cells) if (!expansions.has(cell)) expansions.set(cell, expandCell(cell, scene));
    const open = collectControls(cells.flatMap((cell) => expansions.get(cell)?.cases ?? []));
    const fresh = open.filter(({ id }) => controls[id] === undefined);
    onExpanded(fresh.length);
    if (fresh.some(({ danger, request }) => danger === 'write' && request.method === 'POST')) await begin();
    const waiting = new Map(cells.map((cell) => [cell, awaitedBy(cell, fresh)]));
    const sent: ControlOutcome[] = [];
    const release = (): void => {
      for (const [cell, awaited] of waiting)
        if (awaited.every((id) => controls[id] !== undefined) && waiting.delete(cell)) onReady(cell);
    };
    await runControls(session, fresh, journal, standing, (outcome) => {
      controls[outcome.record.id] = outcome;
      sent.push(outcome);
      // Before anything was answered nobody knows that the target is there.
      if (sent.some(({ record }) => record.actual !== null)) release();
    });
    if (standing.lost() === undefined) expectAnswers(sent);
    release();
  }

  /** Where the same was made before, it is not our request that is at fault: a plan, or an account, has room for so many. */
  function neededOf(control: Control): number | undefined {
    const resource = session.resources.find(({ create }) => create.id === control.operation);
    const actual = (id: string) => controls[id]?.record.actual ?? 0;
    if (!resource || !world.main[resource.name]?.own) return undefined;
    const isFull =
      NO_ROOM.includes(actual(control.id)) || MAY_BE_NO_ROOM.includes(actual(`${control.operation}:success`));
    // And one for what a request makes until it is removed.
    return isFull ? countNeeded(resource, world, session.capabilities) + 1 : undefined;
  }

  /** The controls without whose outcome a cell does not run: its own, or, where it might change an object that a control changes, all. */
  function awaitedBy(cell: PlannedCell, fresh: readonly Control[]): string[] {
    const { operation } = cell;
    if (!isSafe(operation) && operation.method !== 'POST') return fresh.map(({ id }) => id);
    const own = collectControls(expansions.get(cell)?.cases ?? []).map(({ id }) => id);
    // The plain one tells whether there is room for any more.
    return [...own, ...fresh.map(({ id }) => id).filter((id) => id === `${operation.id}:success`)];
  }

  return {
    world,
    controls,
    neededOf,
    standing,
    hidden: { turn: Promise.resolve() },
    rewriting: new Map(),
    casesOf: (cell) => expansions.get(cell) ?? { cases: [] },
    withhold(cell, cases, reason) {
      const known = expansions.get(cell);
      if (known) expansions.set(cell, withholdCases(known, cases, reason));
    },
    // One after the other: what one makes the next finds there.
    prepare(cells, hears) {
      last = last.then(() => lay(cells, hears));
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

/** Why a case may not be sent: a setting keeps it back, the target is lost, or a control of its own did not hold, so that no error could be credited. */
export function whyBlocked(
  each: Case,
  groundwork: Pick<Groundwork, 'controls' | 'standing' | 'neededOf'>,
): Answer['blocked'] {
  const withheld = each.withheld ?? groundwork.standing.lost();
  if (withheld !== undefined) return { outcome: 'untestable', reason: withheld };
  const unheld = each.controls.filter((control) => !groundwork.controls[control.id]?.record.held);
  const failed = unheld.find((control) => !control.optional) ?? unheld[0];
  if (!failed) return undefined;
  const { record, evidence } = groundwork.controls[failed.id] ?? {};
  const failure = evidence?.exchange.failure;
  if (failure?.kind === 'unreachable') return unreached(failure);
  const reason = record?.reason ?? 'it was not sent';
  // An id that may be somebody's is nobody's fault: the control was not sent, and the case cannot be.
  // A success that did not hold is a removal that the API may put off for longer than a run can wait.
  const isPutOff = record?.actual === 202 && 'success' in failed.holds;
  const needed = record && groundwork.neededOf(failed);
  const isNoFault = failed.optional || isPutOff || needed !== undefined || failure?.code === 'ENOTFREE';
  const hint =
    needed === undefined ? '' : `; such an object was made before, and a run needs ${needed} of them at once`;
  return {
    outcome: isNoFault ? 'untestable' : 'error',
    reason: `the control "${failed.title}" did not hold: ${reason}${hint}`,
  };
}
