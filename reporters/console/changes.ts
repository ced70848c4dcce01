import type { Changes, Flaw } from '../../report/report.ts';
import { describeChanges, groupByCheck } from '../shared/changes.ts';
import { formatInstant } from '../shared/format.ts';
import type { Pen } from './pen.ts';

const MOST_CHECKS = 3;
const MOST_PLACES = 4;

const flawLines = (word: string, flaws: readonly Flaw[], style: 'fail' | 'pass', pen: Pen): string[] => {
  const groups = groupByCheck(flaws);
  const rest = groups.length - MOST_CHECKS;
  return [
    ...groups.slice(0, MOST_CHECKS).map(({ head, places }) => {
      const shown = places.slice(0, MOST_PLACES).map(({ operation, status }) => `${status} ${operation}`);
      const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : '';
      return pen.line('  ', [style, word], ` ${head.level} ${head.check}`, ['soft', `  ${shown.join(', ')}${more}`]);
    }),
    ...(rest > 0 ? [pen.line(['soft', `  and ${rest} more ${word}`])] : []),
  ];
};

/** What changed since the baseline, in so many rows: how much, what is new, what is fixed. Nothing without a baseline. */
export const changeLines = (
  changes: Changes | undefined,
  pen: Pen,
  rows: number = Number.POSITIVE_INFINITY,
): string[] =>
  changes === undefined
    ? []
    : [
        pen.line(['strong', 'What changed'], ` ${describeChanges(changes)} since ${formatInstant(changes.since)}`),
        ...flawLines('new', changes.new, 'fail', pen),
        ...flawLines('fixed', changes.fixed, 'pass', pen),
      ].slice(0, rows);
