import type { Changes, Flaw } from '../../report/report.ts';
import { describeCause, describeReach } from '../shared/causes.ts';
import { cellsOf, describeChanges, groupByCause } from '../shared/changes.ts';
import { formatInstant } from '../shared/format.ts';
import type { Pen } from './pen.ts';

const MOST_CAUSES = 3;
const MOST_PLACES = 4;
const MOST_LOST = 3;

const flawLines = (word: string, flaws: readonly Flaw[], style: 'fail' | 'warn' | 'pass', pen: Pen): string[] => {
  const causes = groupByCause(flaws);
  const rest = causes.length - MOST_CAUSES;
  return [
    ...causes.slice(0, MOST_CAUSES).map(({ head, flaws: own, findings, operations }) => {
      const places = cellsOf(own);
      const shown = places.slice(0, MOST_PLACES).map(({ operation, status }) => `${status} ${operation}`);
      const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : '';
      return pen.line('  ', [style, word], ` ${head.level} ${head.check}: ${describeCause(head)}`, [
        'soft',
        `  ${describeReach(findings, operations)}: ${shown.join(', ')}${more}`,
      ]);
    }),
    ...(rest > 0 ? [pen.line(['soft', `  and ${rest} more ${word}`])] : []),
  ];
};

/** Cells that cannot be judged any more, and messages that were not there: they fail a run that only what is new may fail. */
const lostLines = ({ lost, errors = [] }: Changes, pen: Pen): string[] => {
  const rest = lost.length - MOST_LOST;
  return [
    ...lost
      .slice(0, MOST_LOST)
      .map(({ operation, status, reason }) =>
        pen.line('  ', ['warn', 'no longer tested'], ` ${status} ${operation}`, ['soft', `  ${reason}`]),
      ),
    ...(rest > 0 ? [pen.line(['soft', `  and ${rest} more no longer tested`])] : []),
    ...errors.slice(0, 1).map((error) => pen.line('  ', ['fail', 'new trouble'], ` ${error}`)),
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
        ...(changes.note === undefined ? [] : [pen.line(['soft', `  ${changes.note}`])]),
        ...flawLines('new', changes.new, 'fail', pen),
        ...flawLines('first seen', changes.firstSeen, 'warn', pen),
        ...lostLines(changes, pen),
        ...flawLines('fixed', changes.fixed, 'pass', pen),
      ].slice(0, rows);
