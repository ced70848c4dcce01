import type { Changes, Flaw } from '../../engine/report.ts';
import { formatInstant, formatPlural } from './format.ts';

/** What changed, in one line: `2 new, 1 fixed, 3 still failing, 1 cell no longer tested since 2026-11-22 13:04:38 UTC`. */
export const describeChanges = (changes: Changes): string => {
  const parts = [
    `${changes.new.length} new`,
    `${changes.fixed.length} fixed`,
    `${changes.still.length} still there`,
    ...(changes.waived ? [`${changes.waived.length} waived`] : []),
    ...(changes.lost.length > 0 ? [`${formatPlural(changes.lost.length, 'cell')} no longer tested`] : []),
  ];
  return `${parts.join(', ')} since ${formatInstant(changes.since)}`;
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
