import type { CellOutcome } from '../judge/cell-outcome.ts';
import { cellKeyOf } from '../plan/cell-key.ts';
import { type PlannedCell, whyUntestable } from '../plan/plan.ts';
import { resourceOf } from '../plan/resources.ts';
import type { Preflight } from '../report/report.ts';
import { type Answers, type Apart, withhold } from './apart.ts';
import { createBelongings } from './belongings.ts';
import { clearTarget } from './clear-target.ts';
import { createBudget } from './credential-budget.ts';
import { killGroup } from './faults/run-command.ts';
import { runFaults } from './faults/run-faults.ts';
import { keepJournal, pendingSwitches, sweepSwitches } from './faults/throw-switch.ts';
import { createGroundwork, whyBlocked } from './groundwork.ts';
import { keepMark } from './keep-mark.ts';
import { describeStrays, openLedger, withLedger } from './open-ledger.ts';
import { PHASES, type Phase, phaseOf } from './phases.ts';
import { checkTarget } from './preflight.ts';
import { runBursts } from './run-bursts.ts';
import { countRequests, runCell } from './run-cell.ts';
import type { Session } from './session.ts';
import { stoppable } from './stoppable.ts';
import { sweep } from './sweep.ts';

/** A cell to carry out, by `cellKey`, and which time it is: a test that is retried or repeated provokes its cell anew. */
export type Order = { cell: string; attempt: string };

/** What a run is about: a session on a target at `url`, and the id that its objects bear. */
export type RunnerOptions = { url: string; id: string; shards?: number; mostFailures?: number };

/** Carries a plan out, once. */
export type Runner = {
  /** Shows that the target is there and is this API, and says how; rejects with a PreflightError when it is not. */
  open(): Promise<Preflight>;
  /** Begins with all that will be asked for, ahead of those who ask. */
  begin(orders: readonly Order[]): void;
  /** Whether it was told what will be asked for. */
  isAhead(): boolean;
  /** Which part of the requests that it is sure to send was sent, from 0 to 1; undefined before that is known. */
  share(): number | undefined;
  /** What came of an order; it is carried out now unless it was begun with. Rejects with a RunStopped when it will not be. */
  carryOut(order: Order): Promise<CellOutcome>;
  /** Nothing more is sent, but what puts the target back as it was. */
  stop(reason: string): void;
  /** Ends the run: faults are switched off and all that it made is removed. Yields one sentence for each thing that went wrong. */
  close(): Promise<string[]>;
  /** What would be left if the process ended now: one line for each, with the command or request that removes it. */
  left(): string[];
  /** One sentence for each time that the target was away, or let nobody in, and was waited for. */
  waited(): string[];
  /** What the target made and did not say so, in sentences. */
  unasked(): string[];
  /** One sentence for each thing that earlier runs have left on the target and this one has not removed. */
  leftovers(): string[];
};

/** The run has ended before what was asked for was carried out; the message is a sentence that says why. */
export class RunStopped extends Error {
  override name = 'RunStopped';
}

type Job = {
  cell: PlannedCell;
  phase: Phase;
  /** Requests that it is sure to send. */
  size: number;
  /** The answers to those of its cases that were sent apart, once they were. */
  apart?: Answers;
  settle: { resolve(outcome: CellOutcome): void; reject(error: unknown): void };
  outcome: Promise<CellOutcome>;
};

/** Cells are under way together until they are waiting for so many answers: what is not judged yet is kept in memory. */
const MOST_PENDING = 400;

/** Makes a runner; nothing is sent before it is opened. */
export function createRunner(open: Session, { url, id, shards = 1, mostFailures = 0 }: RunnerOptions): Runner {
  const { seal } = open;
  const belongings = createBelongings(open, url);
  const watched: Session = { ...open, client: belongings.watch(open.client) };
  const { session: free, idle } = stoppable(watched);
  const cells = new Map(
    open.cells.map((cell) => [cellKeyOf({ operation: cell.operation.id, status: cell.status }), cell]),
  );
  const journal = belongings.note;
  const ledger = openLedger(watched, id, journal, belongings.list);
  const session = withLedger(free, ledger);
  const switches = keepJournal();
  const mark = keepMark(session, id, { isBusy: () => alone !== undefined, onLost: breakOff });
  const groundwork = createGroundwork(session, id, journal, mark.begin);
  const credentials = createBudget(session.capabilities.profile.wrongCredentials, shards);
  const jobs = new Map<string, Job>();
  const waiting: Job[] = [];
  const running = new Set<Job>();
  const problems = new Set<string>();
  const leftovers: string[] = [];
  let alone: Promise<void> | undefined;
  let laying = 0;
  let ready: Promise<void> | undefined;
  let trouble: string | undefined;
  let stopped: RunStopped | undefined;
  let failures = 0;
  let begun = false;
  let planned = 0;

  /** What is done once, before the first object is made: what runs that were killed have left is put back. */
  function tidy(): Promise<void> {
    ready ??= (async () => {
      const { allow, profile } = session.capabilities;
      if (allow.includes('fault')) await sweepSwitches(profile.switches);
      if (allow.includes('write')) leftovers.push(...(await sweep(session, id)).notes);
    })();
    return ready;
  }

  function take(order: Order): Job {
    const key = `${order.cell} #${order.attempt}`;
    const known = jobs.get(key);
    if (known) return known;
    const cell = cells.get(order.cell);
    if (!cell) throw new Error(`There is no cell "${order.cell}".`);
    let settle: Job['settle'] | undefined;
    const outcome = new Promise<CellOutcome>((resolve, reject) => {
      settle = { resolve, reject };
    });
    // Whoever asks later hears of it; nobody may ask.
    outcome.catch(() => {});
    const phase = phaseOf(cell, session.capabilities.profile);
    const job: Job = { cell, phase, size: 0, settle: settle as Job['settle'], outcome };
    jobs.set(key, job);
    return job;
  }

  /** Lays the ground for some jobs and lets each run as soon as it may. */
  async function enter(entering: readonly Job[]): Promise<void> {
    laying += 1;
    const left = new Set(entering);
    try {
      if (stopped) throw stopped;
      await tidy();
      const own = entering.map(({ cell }) => cell);
      await groundwork.prepare(begun ? own : withKin(own, session), {
        onExpanded(controls) {
          for (const job of entering) job.size = countRequests(session, job.cell, groundwork);
          const before = planned === 0 ? session.client.sent() + controls : 0;
          planned += before + entering.reduce((sum, { size }) => sum + size, 0);
        },
        onReady(cell) {
          for (const job of left) {
            if (job.cell !== cell) continue;
            left.delete(job);
            waiting.push(job);
          }
          pump();
        },
      });
    } catch (error) {
      const reason = error instanceof RunStopped ? error : new RunStopped(seal.text((error as Error).message));
      if (reason !== error) problems.add(reason.message);
      for (const job of left) job.settle.reject(reason);
      halt(reason);
    } finally {
      laying -= 1;
      pump();
    }
  }

  /** Starts what may be started now. */
  function pump(): void {
    if (stopped) for (const job of waiting.splice(0)) job.settle.reject(stopped);
    if (alone) return;
    const pending = () => [...running].reduce((sum, { size }) => sum + size, 0);
    for (let index = 0; index < waiting.length && pending() < MOST_PENDING; ) {
      const job = waiting[index] as Job;
      if (job.phase !== PHASES[0] && !job.apart) index += 1;
      else void start(waiting.splice(index, 1)[0] as Job);
    }
    if (running.size > 0 || laying > 0 || waiting.length === 0) return;
    const phase = PHASES.find((each) => waiting.some((job) => job.phase === each));
    const own = waiting.filter((job) => job.phase === phase);
    for (const job of own) waiting.splice(waiting.indexOf(job), 1);
    alone = runAlone(own, phase).finally(() => {
      alone = undefined;
      pump();
    });
  }

  async function start(job: Job): Promise<void> {
    running.add(job);
    await finish(job, job.apart);
    running.delete(job);
    pump();
  }

  /** Runs jobs of a later phase: first those of their cases that have to be sent with nothing else under way. */
  async function runAlone(own: readonly Job[], phase?: Phase): Promise<void> {
    try {
      const answers = { ...(await throwSwitches(own)), ...(await sendBursts(own)) };
      allot(own);
      if (phase?.alone) for (const job of own) await finish(job, answers);
      else for (const job of own) waiting.push(Object.assign(job, { apart: answers }));
    } catch (error) {
      for (const job of own) job.settle.reject(error);
    }
  }

  /** Lets no more wrong credentials go out than the target profile grants, whatever is asked for. */
  function allot(own: readonly Job[]): void {
    const over = credentials.allot(
      own.map(({ cell }) => ({
        cell,
        cases: groundwork.casesOf(cell).cases.filter((each) => !whyBlocked(each, groundwork)),
      })),
    );
    for (const [cell, cases] of over) groundwork.withhold(cell, cases, credentials.reason);
    for (const job of own) {
      const size = countRequests(session, job.cell, groundwork);
      planned += size - job.size;
      job.size = size;
    }
  }

  async function throwSwitches(own: readonly Job[]): Promise<Answers> {
    const apart = casesVia(own, 'switch');
    // The other shards would meet the fault, too.
    if (shards > 1) return withhold(apart, 'untestable', 'a fault is switched on by runs without shards only');
    if (trouble !== undefined) return withhold(apart, 'error', trouble);
    const ran = await runFaults(session, groundwork, { removals: journal, switches }, apart);
    trouble = ran.trouble;
    if (trouble !== undefined) problems.add(trouble);
    return ran.answers;
  }

  /** A target that is not itself any more is not put under load. */
  async function sendBursts(own: readonly Job[]): Promise<Answers> {
    const apart = casesVia(own, 'burst');
    return trouble === undefined ? runBursts(session, groundwork, apart) : withhold(apart, 'error', trouble);
  }

  function casesVia(own: readonly Job[], via: 'switch' | 'burst'): Apart[] {
    return own.flatMap(({ cell }) =>
      groundwork.casesOf(cell).cases.flatMap((each) => (each.via === via ? [{ cell, case: each }] : [])),
    );
  }

  async function finish({ cell, settle }: Job, answers: Answers = {}): Promise<void> {
    try {
      const outcome = seal.outcome(await runCell(session, cell, groundwork, journal, answers));
      settle.resolve(outcome);
      if (outcome.record.outcome === 'fail' || outcome.record.outcome === 'error') failures += 1;
      if (mostFailures > 0 && failures >= mostFailures) stop(`it was stopped after ${mostFailures} failures`);
    } catch (error) {
      if (error instanceof Error) error.message = seal.text(error.message);
      settle.reject(error);
    }
  }

  /** An error as it may be shown. */
  function sealError(error: unknown): never {
    if (error instanceof Error) error.message = seal.text(error.message);
    throw error;
  }

  function halt(reason: RunStopped): void {
    if (stopped) return;
    stopped = reason;
    open.halt.abort(reason);
  }

  function breakOff(reason: string): void {
    problems.add(reason);
    stop(reason);
  }

  function stop(reason: string): void {
    halt(new RunStopped(reason));
    // A command that is switching a fault on would be waited for until its deadline.
    for (const { group } of pendingSwitches(switches)) if (group !== undefined) killGroup(group);
    pump();
  }

  return {
    open: () => checkTarget(session, url).catch(sealError),
    begin(orders) {
      begun = true;
      const own = orders.map(take);
      if (own.length > 0) void enter(own);
    },
    isAhead: () => begun,
    share: () => (planned === 0 ? undefined : Math.min(1, session.client.sent() / planned)),
    carryOut(order) {
      const isNew = !jobs.has(`${order.cell} #${order.attempt}`);
      const job = take(order);
      if (isNew) void enter([job]);
      return job.outcome;
    },
    stop,
    async close() {
      const isCut = stopped !== undefined;
      stop('the run has ended');
      await Promise.all([...jobs.values()].map(({ outcome }) => outcome.catch(() => {})));
      await alone;
      await idle();
      open.patience.renew();
      for (const problem of groundwork.standing.broken()) problems.add(problem);
      const traces = { run: id, mark, ledger, belongings, switches, kept: groundwork.standing.kept(), isCut };
      for (const problem of await clearTarget(watched, traces)) problems.add(problem);
      return [...problems].map(seal.text);
    },
    left: () => belongings.tell(switches).map(seal.text),
    waited: () => groundwork.standing.waited().map(seal.text),
    unasked: () => describeStrays(ledger.strays()).map(seal.text),
    leftovers: () => leftovers.map(seal.text),
  };
}

/** The first time that the test of a cell runs. */
export const FIRST = '0.0';

/** Every cell of a plan that something can be sent for. */
export function listOrders(cells: readonly PlannedCell[]): Order[] {
  return cells
    .filter((cell) => cell.notApplicable === undefined && whyUntestable(cell) === undefined)
    .map(({ operation, status }) => ({ cell: cellKeyOf({ operation: operation.id, status }), attempt: FIRST }));
}

/**
 * Some cells and all others about the same objects: where nobody has said what will be asked for, what one cell removes for good must
 * first have served those that come later.
 */
function withKin(own: readonly PlannedCell[], { cells, resources }: Session): PlannedCell[] {
  const kin = new Set(own.map(({ operation }) => resourceOf(operation, resources)));
  return cells.filter(
    (cell) =>
      own.includes(cell) || (cell.notApplicable === undefined && kin.has(resourceOf(cell.operation, resources))),
  );
}
