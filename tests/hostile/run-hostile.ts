import { type ChildProcess, fork } from 'node:child_process';
import { createSlots } from '../../exchange/slots.ts';
import type { Alteration } from '../../reference/alteration.ts';
import { mainStore } from '../../reference/mutants/meaning/rewire.ts';
import { startReference } from '../../reference/server.ts';
import type { Target } from '../../runner/session.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import type { Hostile } from './hostile.ts';
import type { Done, Job } from './suite-process.ts';

/**
 * The heap that a run has to do with, in megabytes. Without a bound a peak tells how late the collector comes on a machine with
 * memory to spare (370 MB were seen with 25 MB of them alive); within it a run that needs more ends, and its test fails.
 */
const HEAP_MB = 192;

/** Runs under way at a time, each in a process to itself. */
const ABREAST = 4;

/** A process that has needed so many megabytes is replaced: what a run needs must not be hidden by what came before. */
const MUCH_MB = 220;

/** A run against a hostile server, how many hostile answers it got, requests that nobody ought to have sent, and ids of what the run has left there. */
export type Seen = Done & { met: number; strayed: string[]; left: string[] };

/** Runs the suite against all servers, in processes of its own; a promise for each, by id, and how to stop. */
export function runAll(servers: readonly Hostile[]): { seen: Map<string, Promise<Seen>>; stop: () => void } {
  const slots = createSlots(ABREAST);
  const all = new Set<ChildProcess>();
  const idle: ChildProcess[] = [];
  let stopped = false;
  const run = async (server: Hostile): Promise<Seen> => {
    await slots.take();
    const own = idle.pop() ?? startProcess();
    all.add(own);
    let isSpent = true;
    try {
      if (stopped) throw new Error('stopped');
      const done = await runOne(server, own);
      isSpent = done.peakMb > MUCH_MB;
      return done;
    } finally {
      if (isSpent) own.kill();
      else idle.push(own);
      slots.give();
    }
  };
  const seen = new Map(servers.map((server) => [server.id, run(server)]));
  // A test waits for each of them in turn; until then nobody listens.
  for (const each of seen.values()) each.catch(() => {});
  const stop = () => {
    stopped = true;
    for (const each of all) each.kill();
  };
  return { seen, stop };
}

function startProcess(): ChildProcess {
  return fork(new URL('./suite-process.ts', import.meta.url), {
    execArgv: [`--max-old-space-size=${HEAP_MB}`, '--import', 'tsx'],
  });
}

async function runOne({ id, alteration, front, timeoutMs = 10_000 }: Hostile, own: ChildProcess): Promise<Seen> {
  const noted: Noted = { met: 0, strayed: [], left: [] };
  const reference = await startReference({
    operations: CONTRACT.operations,
    alteration: watch(alteration, noted),
    rateLimit: { capacity: 100_000, perSecond: 100_000 },
  });
  const before = await front?.(reference.url);
  try {
    const { url, token, adminToken } = reference;
    const target: Target = { url: before?.url ?? url, token, adminToken, ...(before?.way && { way: before.way }) };
    const done = await ask(own, { id, target, timeoutMs });
    noted.left = noted.find?.() ?? [];
    return { ...done, met: noted.met, strayed: noted.strayed, left: noted.left };
  } finally {
    before?.close();
    await reference.close();
  }
}

type Noted = Pick<Seen, 'met' | 'strayed' | 'left'> & { find?: () => string[] };

/** Counts what was altered, and notes what only a followed redirect or an injected line would bring about. */
function watch(alteration: Hostile['alteration'] = {}, noted: Noted): Alteration {
  return {
    parts(parts) {
      const { byId } = mainStore(parts).http_endpoints;
      noted.find = () => [...byId.values()].filter(({ name = '' }) => name.startsWith('ecc-')).map(({ id }) => id);
      return alteration.parts?.(parts) ?? {};
    },
    async answer(given, asked) {
      const answer = (await alteration.answer?.(given, asked)) ?? given;
      if (answer !== given) noted.met += 1;
      return answer;
    },
    request({ url = '', headers }) {
      if (/^(?:\/api)?\/strayed|[?&]strayed/.test(url) || headers['x-injected'] !== undefined) noted.strayed.push(url);
    },
  };
}

function ask(own: ChildProcess, job: Job): Promise<Done> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the suite ended with ${code} during ${job.id}`));
    own.once('exit', onExit).once('message', (done) => {
      own.off('exit', onExit);
      resolve(done as Done);
    });
    own.send(job);
  });
}
