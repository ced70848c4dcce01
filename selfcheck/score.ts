import { makeCatalogue } from '../judge/checks/catalogue.ts';
import { MUTANTS } from '../reference/mutants/catalogue.ts';
import { FAMILIES, type Mutant } from '../reference/mutants/mutant.ts';
import { CONTRACT } from './run-suite.ts';
import type { Trial } from './trial.ts';

/** How many of a kind there are, and how many were judged as they should be. */
export type Tally = { name: string; right: number; total: number };

/** What the trials come to. */
export type Score = {
  /** Mutants killed by exactly the right checks, by family. */
  families: Tally[];
  mutants: Tally;
  /** Harmless variants that raised no alarm. */
  variants: Tally;
  /** Degenerate servers that did not get away. */
  degenerate: Tally;
  /** References that keep another contract and raised no alarm. */
  dialects: Tally;
  /** What is wrong with these, found by exactly the right checks. */
  breaches: Tally;
  /** Checks that some mutant is about, of all in the catalogue. */
  checks: Tally;
  /** Checks that no mutant is about. */
  uncovered: string[];
};

/** Ids of every check there is, in the order of the catalogue. */
export const CHECKS: string[] = Object.values(makeCatalogue(CONTRACT)).flatMap((checks: { id: string }[]) =>
  checks.map((check) => check.id),
);

/** Adds the trials up. */
export function scoreTrials(trials: Trial[]): Score {
  const covered = new Set(MUTANTS.map((mutant) => mutant.trips[0]));
  const uncovered = CHECKS.filter((id) => !covered.has(id));
  const mutants = trials.filter((trial) => trial.kind === 'mutant');
  const ofKind = (name: string, kind: Trial['kind']) =>
    tally(
      name,
      trials.filter((trial) => trial.kind === kind),
    );
  return {
    families: FAMILIES.map((family) =>
      tally(
        family,
        mutants.filter((trial) => mutantOf(trial.id)?.family === family),
      ),
    ),
    mutants: tally('seeded defects', mutants),
    variants: ofKind('harmless variants', 'variant'),
    degenerate: ofKind('degenerate servers', 'degenerate'),
    dialects: ofKind('other contracts', 'dialect'),
    breaches: ofKind('breaches of these', 'breach'),
    checks: { name: 'checks', right: CHECKS.length - uncovered.length, total: CHECKS.length },
    uncovered,
  };
}

function tally(name: string, trials: Trial[]): Tally {
  return { name, right: trials.filter((trial) => trial.problems.length === 0).length, total: trials.length };
}

/** The seeded defect with an id. */
export function mutantOf(id: string): Mutant | undefined {
  return MUTANTS.find((mutant) => mutant.id === id);
}

/** What is wrong with the catalogues themselves, one sentence each. */
export function findGaps({ uncovered }: Score, ids: string[]): string[] {
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const unknown = MUTANTS.flatMap(({ id, trips }) =>
    trips.filter((check) => !CHECKS.includes(check)).map((check) => `${id} names ${check}, which is no check`),
  );
  return [
    ...uncovered.map((id) => `no mutant is about the check ${id}`),
    ...[...new Set(twice)].map((id) => `the id ${id} is taken more than once`),
    ...unknown,
  ];
}
