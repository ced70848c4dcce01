import type { FullConfig } from '@playwright/test';
import { getContext, getSession, getTarget } from '../config/context.ts';
import { noteShard } from '../config/shard-record.ts';
import { findSharedAddress } from '../config/shared-address.ts';
import { layGroundwork } from '../runner/lay-groundwork.ts';
import { PreflightError } from '../runner/preflight.ts';
import { makeRunDirectory, noteRemoval, saveGroundwork } from '../runner/run-directory.ts';
import { newRunId } from '../runner/run-id.ts';
import type { Session } from '../runner/session.ts';
import { shareOf } from './share.ts';

let laying: Promise<void> | undefined;
let stopped = false;

/** Before the first test: the target is checked, the run's objects are made and every control is sent, once for all workers. */
export default function setup(config: FullConfig): Promise<void> {
  // Playwright ends an interrupted run in good order, and lets a terminated one (a cancelled job, a stopped container) just
  // die. Once only: it takes a second signal for the order to go at once.
  process.once('SIGTERM', () => process.kill(process.pid, 'SIGINT'));
  noteShard(config.metadata, { shard: config.shard ?? { current: 1, total: 1 } });
  laying = lay(config);
  return laying;
}

/** Ends a setup that was interrupted, which Playwright lets run on beside the teardown, and waits until it is over. */
export async function stopSetup(): Promise<void> {
  stopped = true;
  await laying?.catch(() => {});
}

async function lay(config: FullConfig): Promise<void> {
  makeRunDirectory();
  const { settings, plan } = getContext();
  const warning = await findSharedAddress(settings, plan.contract.servers);
  if (warning !== undefined) console.error(warning);
  const { url } = getTarget(settings);
  noteShard(config.metadata, { url });
  const session = stoppable(getSession(shareOf(config)));
  try {
    saveGroundwork(await layGroundwork(session, url, newRunId(), noteRemoval));
    noteShard(config.metadata, { ready: true });
  } catch (error) {
    // What was made so far is removed by the teardown, which Playwright also runs after a setup that failed.
    if (!stopped) throw plain(error);
  }
}

/** A session that sends nothing more once the setup has been stopped. */
function stoppable(session: Session): Session {
  const send: Session['client']['send'] = (request, options) =>
    stopped ? Promise.reject(new Error('the setup was stopped')) : session.client.send(request, options);
  return { ...session, client: { ...session.client, send } };
}

/** A preflight's message without the stack: it is about the target, and Playwright would print our source beside it. */
function plain(error: unknown): unknown {
  if (error instanceof PreflightError) error.stack = error.message;
  return error;
}
