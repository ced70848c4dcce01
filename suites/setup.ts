import { dirname } from 'node:path';
import type { FullConfig } from '@playwright/test';
import { getContext, getSession, getTarget, getWaivers, setEmbedded } from '../config/context.ts';
import { noteShard } from '../config/shard-record.ts';
import { findSharedAddress } from '../config/shared-address.ts';
import { setRunner } from '../runner/current.ts';
import { newRunId } from '../runner/run-id.ts';
import { createRunner, type Runner, RunStopped } from '../runner/runner.ts';
import { disarm } from './disarm.ts';
import { removeKilled } from './killed-runs.ts';
import { listTests } from './list-tests.ts';
import { makeEmptyReply, makeReply } from './reply.ts';
import { makeRunDirectory, writeShared } from './run-directory.ts';
import { type Answerer, serve } from './serve.ts';
import { startEmbedded } from './start-embedded.ts';

const NO_VERDICT =
  'This run writes no report and gives no verdict: add --reporter=./reporters/conformance-reporter.ts for that.';

/** Before the first test: the target is looked at, and the runner that all tests ask for their cells is there. */
export default async function setup(config: FullConfig): Promise<() => Promise<void>> {
  const shards = config.shard ?? { current: 1, total: 1 };
  noteShard(config.metadata, { shard: shards });
  const { settings, plan } = getContext();
  const shared = findSharedAddress(settings, plan.contract.servers);
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
  stopWhenTold(runner);
  const server = await serve(directory, answerFrom(runner, directory));
  const end = async () => {
    setRunner(undefined);
    server.close();
    const wrong = await runner.close().finally(() => embedded?.child.kill());
    noteShard(config.metadata, { waits: runner.waited(), leftovers: runner.leftovers() });
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

/** Nothing more is sent from the moment on in which the run is interrupted; what it made is removed when Playwright has ended its tests. */
function stopWhenTold(runner: Runner): void {
  process.once('SIGINT', () => runner.stop('the run was interrupted'));
  // Playwright ends an interrupted run in good order, and lets a terminated one (a cancelled job, a stopped container) just
  // die. Once only: it takes a second signal for the order to go at once.
  process.once('SIGTERM', () => process.kill(process.pid, 'SIGINT'));
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
