import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { causeOf, fingerprintOf } from '../judge/fingerprint.ts';
import { renderMatrix } from './matrix.ts';
import { compareReadme, writeReadme } from './readme.ts';
import { runTrials } from './run-trials.ts';
import { findGaps, mutantOf, type Score, scoreTrials } from './score.ts';
import { SUBJECTS } from './subjects.ts';
import { type Crowding, findConfusions, findCrowding, measureCrowding } from './tell-apart.ts';
import { type Trial, tryOn } from './trial.ts';

/*
 * The suite tested: seeded defects must be found by exactly the checks that are about them, harmless variants must raise
 * nothing, degenerate servers must not get away, and whoever keeps another contract is judged by that one.
 *
 *   npm run selfcheck                        everything, each on the operations that it needs
 *   npm run selfcheck -- --write             the same, and puts the score into the README
 *   npm run selfcheck -- --all-operations    everything on every operation; takes some minutes
 *   npm run selfcheck -- --only ID,ID        some subjects
 *   npm run selfcheck -- --show ID           one subject with all that was found
 *   npm run selfcheck -- --json FILE         writes what came of each subject to a file
 */

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    'all-operations': { type: 'boolean', default: false },
    only: { type: 'string' },
    show: { type: 'string' },
    json: { type: 'string' },
  },
});
const options = { everything: values['all-operations'] };
const known = SUBJECTS.map((subject) => subject.id);

const ids = values.show === undefined ? (values.only?.split(',') ?? known) : [values.show];
const unknown = ids.find((id) => !known.includes(id));
if (unknown !== undefined) {
  console.error(
    `There is no subject "${unknown}"; see reference/mutants/, reference/variants/, reference/degenerate/ and selfcheck/dialects/.`,
  );
  process.exit(1);
}
process.exitCode = values.show === undefined ? await check() : await show(values.show);

async function check(): Promise<number> {
  const startedAt = performance.now();
  const trials = await runTrials(new Set(ids), options);
  const seconds = (performance.now() - startedAt) / 1000;
  if (values.json !== undefined) writeFileSync(values.json, toJson(trials));
  const isWhole = ids === known;
  const score = scoreTrials(trials);
  if (values.write && isWhole) writeReadme(score);
  const problems = trials.flatMap(({ kind, id, problems: own, ended }) =>
    own.map((problem) => `${kind} ${id}: ${problem} (the run ended ${ended})`),
  );
  const crowding = measureCrowding(trials);
  if (isWhole) {
    problems.push(...findGaps(score, known), ...compareReadme(score));
    if (!options.everything) problems.push(...findConfusions(trials), ...findCrowding(crowding));
  }
  for (const line of [
    ...renderMatrix(trials),
    '',
    ...renderSummary(score, trials, seconds),
    ...(isWhole ? [renderCrowding(crowding)] : []),
    '',
    ...problems,
  ])
    console.log(line);
  return problems.length === 0 ? 0 : 1;
}

function renderSummary(score: Score, trials: Trial[], seconds: number): string[] {
  const { families, mutants, variants, degenerate, dialects, breaches, checks } = score;
  const tallies = [...families, mutants, variants, degenerate, dialects, breaches, checks];
  const requests = trials.reduce((sum, trial) => sum + trial.requests, 0);
  return [
    ...tallies.map(({ name, right, total }) => `${name.padEnd(20)}${right} of ${total}`),
    `${trials.length} trials, ${requests} requests, ${seconds.toFixed(1)} s`,
  ];
}

function renderCrowding({ defects, causes, own, heading, worst }: Crowding): string {
  return `ten defects at a time: ${causes} causes of ${defects} defects (${worst.toFixed(1)} each at worst), ${own} of one defect only; ${heading} defects head one`;
}

function toJson(trials: Trial[]): string {
  const named = trials.map(({ night, ...trial }) => ({
    ...trial,
    family: mutantOf(trial.id)?.family,
    fingerprints: [...new Set(night?.findings.map(fingerprintOf))],
    causes: [...new Set(night?.findings.map(causeOf))],
  }));
  return `${JSON.stringify(named, null, 1)}\n`;
}

async function show(id: string): Promise<number> {
  const subject = SUBJECTS.find((each) => each.id === id);
  const outcome = subject === undefined ? '' : await tryOn(subject, options);
  if (typeof outcome === 'string') {
    console.log(outcome);
    return 0;
  }
  console.log(outcome.verdict, outcome.reasons.join(' '));
  for (const { check: found, level, operation, status, case: sent, message, pointer } of outcome.findings)
    console.log(`${found} (${level}) ${operation} ${status} ${sent}: ${message} ${pointer}`);
  for (const error of outcome.errors) console.log(error);
  return 0;
}
