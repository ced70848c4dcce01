import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { SUBJECTS } from './subjects.ts';
import type { Trial, TrialOptions } from './trial.ts';

/** Trials under way at once in each thread. */
const ABREAST = 10;

/** Most threads: each has a copy of everything, and the trials are few. */
const MOST_THREADS = 4;

/** A thread does not inherit the TypeScript loader of its parent on Node 20, so that it starts one itself. */
const BOOT = `
  import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
    .then(({ register }) => register())
    .then(() => import(${JSON.stringify(new URL('./worker.ts', import.meta.url).href)}));
`;

/** Runs the trials of the subjects with these ids on all cores, in this process; in the order of the subjects. */
export async function runTrials(ids: ReadonlySet<string>, options: TrialOptions): Promise<Trial[]> {
  const indexes = SUBJECTS.flatMap(({ id }, index) => (ids.has(id) ? [index] : []));
  // What takes longest begins first, so that nothing is waited for alone at the end.
  const waiting = indexes.toSorted((one, other) => Number(isLong(other)) - Number(isLong(one)));
  const trials = new Map<string, Trial>();
  const threads = Math.min(MOST_THREADS, availableParallelism(), Math.ceil(waiting.length / ABREAST));
  await Promise.all(
    Array.from({ length: threads }, () => work(options, waiting, (trial) => void trials.set(trial.id, trial))),
  );
  return indexes.flatMap((index) => trials.get(SUBJECTS[index]?.id ?? '') ?? []);
}

function isLong(index: number): boolean {
  const { kind, alteration } = SUBJECTS[index] ?? {};
  return (
    kind === 'reference' ||
    kind === 'degenerate' ||
    (alteration !== undefined && ('generation' in alteration || 'load' in alteration))
  );
}

/** Runs a thread until nothing is waiting; rejects when a trial does. */
function work(options: TrialOptions, waiting: number[], onTrial: (trial: Trial) => void): Promise<void> {
  const worker = new Worker(BOOT, { eval: true, workerData: options });
  return new Promise<void>((resolve, reject) => {
    let under = 0;
    const next = () => {
      const index = waiting.shift();
      if (index === undefined) return under === 0 ? resolve() : undefined;
      under += 1;
      worker.postMessage(index);
    };
    worker.on('message', (trial: Trial) => {
      under -= 1;
      onTrial(trial);
      next();
    });
    worker.on('error', reject);
    for (let index = 0; index < ABREAST; index++) next();
  }).finally(() => worker.terminate());
}
