import { causeOf, fingerprintOf } from '../judge/fingerprint.ts';
import { cellKeyOf } from '../plan/cell-key.ts';
import { type Compared, compareReports } from '../report/changes.ts';
import { FICKLE, HIDDEN_PAIRS } from './hidden-defects.ts';
import type { Trial } from './trial.ts';

/** A mutant and what its run comes to. */
type Found = { id: string; night: Compared };

/** So many defects at a time are looked at as one API. */
const AT_A_TIME = 10;

/** Most causes for each defect, over all, and in any one group: a wrong status that is not documented is two causes. */
const MOST_CAUSES = { overall: 1.3, group: 2 };

/** Least share of causes that hold findings of one defect only. */
const LEAST_OWN = 0.95;

/** Least share of defects that head a cause: those that do not have all they show in common with another of their group. */
const LEAST_HEADING = 0.97;

function foundBy(trials: readonly Trial[]): Found[] {
  return trials.flatMap(({ id, night }) => (night ? [{ id, night }] : []));
}

/**
 * Where one defect after another is not new although its fingerprints are others, or is new although they are not, and where the
 * list of those that hide behind another one is not what was found; one sentence each.
 */
export function findConfusions(trials: readonly Trial[]): string[] {
  const steady = foundBy(trials).filter(({ id }) => !FICKLE.includes(id));
  // Notes are no part of what changes.
  const namesOf = ({ findings }: Compared) => findings.filter(({ level }) => level !== 'MAY').map(fingerprintOf);
  const names = new Map(steady.map(({ id, night }) => [id, new Set(namesOf(night))]));
  return steady.flatMap((later) =>
    steady.flatMap((earlier) => {
      const pair = `${later.id} after ${earlier.id}`;
      const [own, known] = [names.get(later.id) ?? new Set(), names.get(earlier.id) ?? new Set()];
      if (later === earlier || own.size === 0 || !meet(later, earlier)) return [];
      const isHidden = [...own].every((name) => known.has(name));
      const { new: fresh, firstSeen } = compareReports(earlier.night, later.night);
      const isNew = fresh.length + firstSeen.length > 0;
      if (isNew === isHidden) return [`${pair} is ${isNew ? '' : 'not '}new, and its fingerprints say otherwise`];
      if (isHidden === HIDDEN_PAIRS.has(pair)) return [];
      return [`${pair} is ${isHidden ? 'not ' : ''}new, and hidden-defects.ts says otherwise`];
    }),
  );
}

/** Whether two defects show in one cell. */
function meet(one: Found, other: Found): boolean {
  const cells = new Set(one.night.findings.map(cellKeyOf));
  return other.night.findings.some((finding) => cells.has(cellKeyOf(finding)));
}

/** How many causes so many defects at a time make, and how many of each belong to one. */
export type Crowding = { defects: number; causes: number; own: number; heading: number; worst: number };

/** Looks at ten defects at a time as one API: each ten from all families. */
export function measureCrowding(trials: readonly Trial[]): Crowding {
  const found = foundBy(trials);
  const groups = Math.ceil(found.length / AT_A_TIME);
  const sum: Crowding = { defects: 0, causes: 0, own: 0, heading: 0, worst: 0 };
  for (let group = 0; group < groups; group++) {
    const members = found.filter((_, index) => index % groups === group);
    const owners = new Map<string, Set<string>>();
    for (const { id, night } of members)
      for (const finding of night.findings)
        owners.set(causeOf(finding), (owners.get(causeOf(finding)) ?? new Set()).add(id));
    const own = [...owners.values()].filter(({ size }) => size === 1);
    sum.defects += members.length;
    sum.causes += owners.size;
    sum.own += own.length;
    sum.heading += new Set(own.flatMap((ids) => [...ids])).size;
    sum.worst = Math.max(sum.worst, owners.size / members.length);
  }
  return sum;
}

/** What is wrong with how ten defects at a time are shown, one sentence each. */
export function findCrowding({ defects, causes, own, heading, worst }: Crowding): string[] {
  const problems: [boolean, string][] = [
    [causes > MOST_CAUSES.overall * defects, `${defects} defects, ten at a time, show ${causes} causes`],
    [worst > MOST_CAUSES.group, `ten defects show ${(worst * AT_A_TIME).toFixed(0)} causes`],
    [own < LEAST_OWN * causes, `only ${own} of ${causes} causes hold findings of one defect`],
    [heading < LEAST_HEADING * defects, `only ${heading} of ${defects} defects head a cause`],
  ];
  return problems.flatMap(([isWrong, sentence]) => (isWrong ? [sentence] : []));
}
