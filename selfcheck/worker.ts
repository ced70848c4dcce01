import { parentPort, workerData } from 'node:worker_threads';
import { SUBJECTS } from './subjects.ts';
import { runTrial, type TrialOptions } from './trial.ts';

/*
 * Takes the index of a subject and answers with its trial, as often as it is asked. Waits (for a rate limit to lift, for
 * a deadline) fill most of a trial, so the main thread keeps several under way here.
 */

const options = workerData as TrialOptions;

parentPort?.on('message', async (index: number) => {
  const subject = SUBJECTS[index];
  if (subject) parentPort?.postMessage(await runTrial(subject, options));
});
