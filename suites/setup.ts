import { dirname } from 'node:path';
import type { FullConfig } from '@playwright/test';
import { isComplaint } from '../config/complaint.ts';
import { getContext, getSession, getTarget, getWaivers, setEmbedded } from '../config/context.ts';
import { hurryWorkers, readLaunch } from '../config/launch.ts';
import type { Settings } from '../config/settings.ts';
import { noteShard } from '../config/shard-record.ts';
import { findSharedAddress } from '../config/shared-address.ts';
import { tryPlaces } from '../config/try-places.ts';
import { getRunner, setRunner } from '../runner/current.ts';
import { newRunId } from '../runner/run-id.ts';
import { createRunner, type Runner, RunStopped } from '../runner/runner.ts';
import { disarm } from './disarm.ts';
import { findLauncher } from './find-launcher.ts';
import { removeKilled } from './killed-runs.ts';
import { listTests } from './list-tests.ts';
import { makeEmptyReply, makeReply } from './reply.ts';
import { makeRunDirectory, writeShared } from './run-directory.ts';
import { type Answerer, serve } from './serve.ts';
import { startEmbedded } from './start-embedded.ts';
import { heedSignals } from './stop-signals.ts';

const NO_VERDICT =
  'This run writes no report and gives no verdict: add --reporter=./reporters/conformance-reporter.ts for that.';

const INTERRUPTED = 'the run was interrupted';

/** Before the first test: the target is looked at, and the runner that all tests ask for their cells is there. */
export default async function setup(config: FullConfig): Promise<() => Promise<void>> {
  const shards = config.shard ?? { current: 1, total: 1 };
  noteShard(config.metadata, { shard: shards });
  const { settings, plan } = getContext();
  expectPlaces(settings, config);
  // A terminal that is gone must not end the run before its objects are removed.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const shared = findSharedAddress(settings, plan.contract.servers);
  let running: Runner | undefined;
  let closing: Promise<string[]> | undefined;
  const stop = () => {
    hurryWorkers();
    running?.stop(INTERRUPTED);
    // What was made is removed at once: Playwright may take its time to end its workers.
    if (running && getRunner()) void close(running).catch(() => {});
  };
  const close = (runner: Runner) => {
    closing ??= runner.close();
    return closing;
  };
  // What the embedded API has goes with it.
  const left = () => (settings.apiUrl === undefined ? [] : (running?.left() ?? []));
  const launcher = findLauncher(readLaunch(), { pid: process.pid, parent: process.ppid });
  const told = heedSignals({ stop, leave: (code) => leave(left(), code) }, launcher, process);
  const embedded = settings.apiUrl === undefined ? startEmbedded() : undefined;
  const directory = makeRunDirectory();
  removeKilled(dirname(directory));
  writeShared(directory, 'tests.json', listTests(plan));
  if (embedded) setEmbedded(await embedded.target);
  const warning = await shared;
  if (warning !== undefined) console.error(warning);
  const { url } = getTarget(settings);
  noteShard(config.metadata, { url });
  const options = { url, id: newRunId(), shards: shards.total, mostFailures: config.maxFailures };
  const runner = createRunner(getSession(1 / shards.total), options);
  running = runner;
  if (told.isTold()) runner.stop(INTERRUPTED);
  const server = await serve(directory, answerFrom(runner, directory));
  const end = async () => {
    setRunner(undefined);
    server.close();
    const wrong = await close(runner).finally(() => embedded?.child.stdin?.end());
    const [waits, unasked, leftovers] = [runner.waited(), runner.unasked(), runner.leftovers()];
    noteShard(config.metadata, { waits, unasked, leftovers });
    if (told.isToldLate()) wrong.unshift(wrong.length === 0 ? INTERRUPTED : `${INTERRUPTED};`);
    if (wrong.length > 0) throw plain(new Error(wrong.join(' ')));
  };
  try {
    noteShard(config.metadata, { preflight: await runner.open() });
  } catch (error) {
    await end().catch(() => {});
    throw plain(error);
  }
  setRunner(runner);
  noteShard(config.metadata, { ready: true });
  return end;
}

/** Ends the process, with one sentence, where something cannot be written that the run is going to write. */
function expectPlaces(settings: Settings, { reporter }: FullConfig): void {
  try {
    tryPlaces(
      settings,
      reporter.some(([name]) => name.endsWith('conformance-reporter.ts')),
    );
  } catch (error) {
    if (!isComplaint(error)) throw error;
    console.error(disarm(error.message));
    process.exit(1);
  }
}

/** Ends the process at once, and says what that leaves on the target: a line for each thing. */
function leave(left: readonly string[], code: number): never {
  const what = left.length === 0 ? 'nothing is known to be left on the target.' : 'this may be left on the target:';
  console.error(`Ended at once; ${what}`);
  for (const line of left) console.error(disarm(line.replaceAll('\n', ' ')));
  process.exit(code);
}

/** Answers tests from a runner. Each judged cell is a file, so that it is in no process's memory until the report is made. */
function answerFrom(runner: Runner, directory: string): Answerer {
  let count = 0;
  const grounds = { counts: getContext().settings.counts, waivers: getWaivers() ?? [], now: new Date().toISOString() };
  return async (order) => {
    if (!runner.isAhead()) sayOnce();
    try {
      const outcome = await runner.carryOut(order);
      count += 1;
      return makeReply(outcome, writeShared(directory, `cell-${count}.json`, outcome), grounds);
    } catch (error) {
      const { message } = error as Error;
      return makeEmptyReply(error instanceof RunStopped ? 'skipped' : 'failed', message);
    }
  };
}

let isSaid = false;

/** Without the reporter nobody tells what was selected, and nobody gathers what came of it. */
function sayOnce(): void {
  if (!isSaid) console.error(NO_VERDICT);
  isSaid = true;
}

/** A message without the stack: it is about the target, and Playwright would print our source beside it. */
function plain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  error.message = disarm(error.message);
  error.stack = error.message;
  return error;
}
