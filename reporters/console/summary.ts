import type { Report, StatusRecord } from '../../report/report.ts';
import type { ClauseSet } from '../../schemas/contract.ts';
import { formatCount, formatDuration, formatPlural } from '../shared/format.ts';
import { describeGeneration } from '../shared/generation.ts';
import { OUTCOME_SYMBOL, VERDICT_OUTCOME, VERDICT_WORD } from '../shared/outcomes.ts';
import { describePreflight } from '../shared/preflight.ts';
import { groupByReason } from '../shared/reasons.ts';
import { describeRetries, describeWaits } from '../shared/retries.ts';
import { describeUnasked } from '../shared/unasked.ts';
import type { Pen, Piece } from './pen.ts';

const MOST_REASONS = 2;

/** The verdict, of what, and the first reasons why. */
export const headLines = ({ verdict, contract, target, run, exchanges, reasons }: Report, pen: Pen): string[] => {
  const outcome = VERDICT_OUTCOME[verdict];
  return [
    pen.line(
      [outcome, `${OUTCOME_SYMBOL[outcome]} ${VERDICT_WORD[verdict].toUpperCase()}`],
      `  ${contract.title} ${contract.version}`,
    ),
    pen.line([
      'soft',
      `  ${target.url} · ${target.profile} · ${formatPlural(exchanges, 'exchange')} in ${formatDuration(run.durationMs)}`,
    ]),
    ...reasons.slice(0, MOST_REASONS).map((reason) => pen.line(`  ${reason}`)),
  ];
};

/** A console is short: that all was shown goes without saying. */
const notePreflight = (report: Report): string | undefined =>
  report.target.preflight?.unshown === undefined ? undefined : `preflight: ${describePreflight(report)}`;

const noteLeftovers = ({ leftovers: [first, ...others] = [] }: Report): string | undefined =>
  first === undefined
    ? undefined
    : `left: ${first}${others.length > 0 ? ` And ${formatCount(others.length)} more.` : ''}`;

/** What is to be known of the run itself: what it could not show at first, generated, tried again, and what was or is on the target unasked, in so many rows. */
export const noteLines = (report: Report, rows: number, pen: Pen): string[] =>
  [
    notePreflight(report),
    describeGeneration(report),
    describeRetries(report),
    describeWaits(report),
    ...describeUnasked(report),
    noteLeftovers(report),
  ]
    .flatMap((note) => (note === undefined ? [] : [pen.line(['soft', note])]))
    .slice(0, rows);

const describeMissing = ({ untestable }: Report, status: number): string => {
  const [main] = groupByReason(
    untestable.filter((item) => item.status === status),
    ({ reason }) => reason,
  );
  return main === undefined ? '' : `: ${main.reason}`;
};

const statusPieces = (report: Report, status: number, record: StatusRecord, nameWidth: number): Piece[] => {
  const { outcome, name, conforming, provoked, applicable, cases, simulated, failing, error } = record;
  const missing = applicable - provoked - simulated - error;
  const extras = [
    ...(failing > 0 ? [`${formatCount(failing)} fail`] : []),
    ...(simulated > 0 ? [`${formatCount(simulated)} simulated only`] : []),
    ...(error > 0 ? [`${formatCount(error)} error`] : []),
    ...(missing > 0 ? [`${formatCount(missing)} not tested${describeMissing(report, status)}`] : []),
    ...(cases.total > 0 ? [formatPlural(cases.total, 'case')] : []),
  ];
  return [
    '  ',
    [outcome, `${OUTCOME_SYMBOL[outcome]} ${status}`],
    ` ${name.padEnd(nameWidth)}`,
    [provoked === 0 ? 'soft' : 'strong', formatCount(conforming).padStart(5)],
    ` of ${formatCount(applicable)} conform`,
    ['soft', `  ${extras.join(' · ')}`],
  ];
};

/** One line for each status: on how many of the operations where it can occur the API conforms, and what of the others. */
export const statusLines = (report: Report, pen: Pen): string[] => {
  const statuses = Object.entries(report.statuses)
    .map(([status, record]): [number, StatusRecord] => [Number(status), record])
    .sort(([a], [b]) => a - b);
  const nameWidth = Math.max(0, ...statuses.map(([, { name }]) => name.length));
  return statuses.map(([status, record]) => pen.line(...statusPieces(report, status, record, nameWidth)));
};

/** The score of each clause set on one line, which even large numbers fit on 80 columns; sets that do not count in brackets. */
export const scoreLines = ({ scores, target }: Report, rows: number, pen: Pen): string[] => {
  if (rows < 1) return [];
  const sets = Object.entries(scores).map(([set, { held, judged }]) => ({
    text: `${set} ${formatCount(held)}/${formatCount(judged)}`,
    counts: target.counts.includes(set as ClauseSet),
  }));
  const [own, others] = [true, false].map((counts) => sets.filter((each) => each.counts === counts));
  const join = (some: typeof sets = []) => some.map(({ text }) => text).join(', ');
  const rest = others === undefined || others.length === 0 ? '' : `  (${join(others)})`;
  return [pen.line(['strong', 'MUSTs held'], `  ${join(own)}${rest}`)];
};
