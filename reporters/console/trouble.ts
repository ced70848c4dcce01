import type { Report } from '../../report/report.ts';
import { formatCount, formatPlural } from '../shared/format.ts';
import { OUTCOME_SYMBOL, VERDICT_WORD } from '../shared/outcomes.ts';
import { groupByReason } from '../shared/reasons.ts';
import { listStatuses } from '../shared/statuses.ts';
import { describeUnanswered } from '../shared/unanswered.ts';
import type { Pen, Piece } from './pen.ts';

/** Lines under a heading, in so many rows with it; the last row says how many more there are. */
const listUnder = (heading: string, lines: readonly string[], rows: number, pen: Pen): string[] => {
  if (lines.length === 0 || rows < 1) return [];
  if (lines.length + 1 <= rows) return [heading, ...lines];
  const shown = lines.slice(0, Math.max(0, rows - 2));
  const rest =
    rows < 2 ? [] : [pen.line(['soft', `  and ${formatCount(lines.length - shown.length)} more in the report`])];
  return [heading, ...shown, ...rest];
};

/** What was documented and not provoked, by what is missing. */
export const untestableLines = ({ untestable, unanswered = [] }: Report, rows: number, pen: Pen): string[] => {
  const lines = groupByReason(untestable, ({ reason }) => reason).map(({ reason, items }) =>
    pen.line(['untestable', `  ${formatCount(items.length).padStart(4)}`], ` ${listStatuses(items)}: ${reason}`),
  );
  for (const { condition, operations } of unanswered)
    lines.push(pen.line(`     ${describeUnanswered(condition, operations)}`));
  return listUnder(
    pen.line(['strong', 'Not tested'], untestable.length > 0 ? ` ${formatPlural(untestable.length, 'cell')}` : ''),
    lines,
    rows,
    pen,
  );
};

/** What kept the suite from doing its job; waivers that have to go are told with the waivers. */
export const errorLines = ({ errors: all, waivers = [] }: Report, rows: number, pen: Pen): string[] => {
  const errors = all.filter((error) => !waivers.some(({ problem }) => problem === error));
  const heading: Piece[] = [
    ['error', formatPlural(errors.length, 'error')],
    ' of the suite or the network, not of the API',
  ];
  return listUnder(
    pen.line(...heading, ['soft', rows < 2 ? `: ${errors[0]}` : '']),
    errors.map((error) => pen.line(`  ${error}`)),
    rows,
    pen,
  );
};

/** Whether the run ended before anything was sent that could be judged: then only why is worth saying. */
export const neverBegan = ({ errors, cells }: Report): boolean =>
  errors.length > 0 && cells.every(({ counts }) => counts.total === 0);

/** The verdict and why the run could not begin, never cut. */
export const stillbornLines = ({ errors }: Report, pen: Pen): string[] => [
  pen.whole(['error', `${OUTCOME_SYMBOL.error} ${VERDICT_WORD.error.toUpperCase()}`], '  Nothing was tested.'),
  ...errors.map((error) => pen.whole(`  ${error}`)),
];
