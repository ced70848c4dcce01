import type { Report } from '../../engine/report.ts';
import { formatCount, formatPlural } from '../shared/format.ts';
import { OUTCOME_SYMBOL, VERDICT_WORD } from '../shared/outcomes.ts';
import { groupByReason } from '../shared/reasons.ts';
import type { Pen } from './pen.ts';

const MOST_REASONS = 5;
const MOST_ERRORS = 3;

/** What was documented and not provoked, by what is missing. */
export const untestableLines = ({ untestable }: Report, pen: Pen): string[] => {
  if (untestable.length === 0) return [];
  const groups = groupByReason(untestable, ({ reason }) => reason);
  const rest = groups.length - MOST_REASONS;
  return [
    pen.line(['strong', 'Not tested'], ` ${formatPlural(untestable.length, 'cell')}`),
    ...groups.slice(0, MOST_REASONS).map(({ reason, items }) => {
      const statuses = [...new Set(items.map(({ status }) => status))].sort((a, b) => a - b);
      return pen.line(
        ['untestable', `  ${formatCount(items.length).padStart(4)}`],
        ` ${statuses.join(' ')}: ${reason}`,
      );
    }),
    ...(rest > 0 ? [pen.line(['soft', `       and ${formatPlural(rest, 'more reason')}`])] : []),
  ];
};

/** What kept the suite from doing its job; waivers that have to go are told with the waivers. */
export const errorLines = ({ errors: all, waivers = [] }: Report, pen: Pen): string[] => {
  const errors = all.filter((error) => !waivers.some(({ problem }) => problem === error));
  if (errors.length === 0) return [];
  const rest = errors.length - MOST_ERRORS;
  return [
    pen.line(['error', formatPlural(errors.length, 'error')], ' of the suite or the network, not of the API'),
    ...errors.slice(0, MOST_ERRORS).map((error) => pen.line(`  ${error}`)),
    ...(rest > 0 ? [pen.line(['soft', `  and ${formatCount(rest)} more`])] : []),
  ];
};

/** Whether the run ended before anything was sent that could be judged: then only why is worth saying. */
export const neverBegan = ({ errors, cells }: Report): boolean =>
  errors.length > 0 && cells.every(({ counts }) => counts.total === 0);

/** The verdict and why the run could not begin, never cut. */
export const stillbornLines = ({ errors }: Report, pen: Pen): string[] => [
  pen.whole(['error', `${OUTCOME_SYMBOL.error} ${VERDICT_WORD.error.toUpperCase()}`], '  Nothing was tested.'),
  ...errors.map((error) => pen.whole(`  ${error}`)),
];
