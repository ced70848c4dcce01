import type { Changes, Flaw } from '../../report/report.ts';
import { formatPlural } from './format.ts';

/** What changed, in one line: `2 new, 1 fixed, 3 still there, 1 cell no longer tested`. */
export const describeChanges = (changes: Changes): string => {
  return [
    `${changes.new.length} new`,
    `${changes.fixed.length} fixed`,
    `${changes.still.length} still there`,
    ...(changes.waived ? [`${changes.waived.length} waived`] : []),
    ...(changes.lost.length > 0 ? [`${formatPlural(changes.lost.length, 'cell')} no longer tested`] : []),
  ].join(', ');
};

/** Flaws of one kind, by check, each with its places. */
export const groupByCheck = (flaws: readonly Flaw[]): { head: Flaw; places: Flaw[] }[] => {
  const groups = new Map<string, { head: Flaw; places: Flaw[] }>();
  for (const flaw of flaws) {
    const group = groups.get(flaw.check);
    if (group) group.places.push(flaw);
    else groups.set(flaw.check, { head: flaw, places: [flaw] });
  }
  return [...groups.values()];
};
