import { causeOf } from '../../judge/fingerprint.ts';
import { compareRanks, type Rank } from '../../report/gravity.ts';
import type { Changes, Flaw } from '../../report/report.ts';
import { formatPlural } from './format.ts';

/** Defects of one cause, as many as changed in the same way. */
export type ChangedCause = { head: Flaw; flaws: Flaw[]; findings: number; operations: number };

/** What changed, in causes, in one line: `2 new, 1 fixed, 3 still there, 1 cell no longer tested`. */
export const describeChanges = (changes: Changes): string => {
  const count = (flaws: readonly Flaw[]): number => groupByCause(flaws).length;
  return [
    `${count(changes.new)} new`,
    ...(changes.firstSeen.length > 0 ? [`${count(changes.firstSeen)} first seen`] : []),
    `${count(changes.fixed)} fixed`,
    `${count(changes.still)} still there`,
    ...(changes.waived ? [`${count(changes.waived)} waived`] : []),
    ...(changes.lost.length > 0 ? [`${formatPlural(changes.lost.length, 'cell')} no longer tested`] : []),
  ].join(', ');
};

/** Defects by cause, the gravest first. */
export const groupByCause = (flaws: readonly Flaw[]): ChangedCause[] => {
  const groups = new Map<string, Flaw[]>();
  for (const flaw of flaws) groups.set(causeOf(flaw), [...(groups.get(causeOf(flaw)) ?? []), flaw]);
  return [...groups.values()]
    .map((own): ChangedCause => {
      const [head] = [...own].sort((one, other) => compareRanks(rankOf(one, own), rankOf(other, own)));
      const findings = own.reduce((sum, flaw) => sum + flaw.findings, 0);
      return { head: head as Flaw, flaws: own, findings, operations: countOperations(own) };
    })
    .sort((one, other) => compareRanks(rankOf(one.head, one.flaws), rankOf(other.head, other.flaws)));
};

/** The cells that a cause is in, each once. */
export const cellsOf = (flaws: readonly Flaw[]): Pick<Flaw, 'operation' | 'status'>[] => [
  ...new Map(flaws.map(({ operation, status }) => [`${operation} ${status}`, { operation, status }])).values(),
];

const countOperations = (flaws: readonly Flaw[]): number => new Set(flaws.map(({ operation }) => operation)).size;

const rankOf = ({ gravity, level, condition }: Flaw, own: readonly Flaw[]): Rank => ({
  gravity,
  level,
  stands: true,
  condition,
  operations: countOperations(own),
  findings: own.reduce((sum, { findings }) => sum + findings, 0),
});
