import type { Report, StatusRecord } from '../../engine/report.ts';
import type { ClauseSet } from '../../schemas/contract.ts';
import { formatCount, formatDuration, formatPlural, formatShare } from '../shared/format.ts';
import { describeGeneration } from '../shared/generation.ts';
import { OUTCOME_SYMBOL, VERDICT_OUTCOME, VERDICT_WORD } from '../shared/outcomes.ts';
import { groupByReason } from '../shared/reasons.ts';
import { describeRetries } from '../shared/retries.ts';
import type { Pen, Piece } from './pen.ts';

const MOST_REASONS = 4;

/** The verdict, of what, and why. */
export const headLines = (report: Report, pen: Pen): string[] => {
  const { verdict, contract, target, run, exchanges, reasons } = report;
  const outcome = VERDICT_OUTCOME[verdict];
  const rest = reasons.length - MOST_REASONS;
  const notes = [describeGeneration(report), describeRetries(report)].filter((note) => note !== undefined);
  return [
    pen.line(
      [outcome, `${OUTCOME_SYMBOL[outcome]} ${VERDICT_WORD[verdict].toUpperCase()}`],
      `  ${contract.title} ${contract.version}`,
    ),
    pen.line([
      'soft',
      `  ${target.url} · ${target.profile} · ${formatPlural(exchanges, 'exchange')} in ${formatDuration(run.durationMs)}`,
    ]),
    ...notes.map((note) => pen.line(['soft', `  ${note}`])),
    ...reasons.slice(0, MOST_REASONS).map((reason) => pen.line(`  ${reason}`)),
    ...(rest > 0 ? [pen.line(['soft', `  and ${formatPlural(rest, 'more reason')}`])] : []),
  ];
};

const describeMissing = ({ untestable }: Report, status: number): string => {
  const [main] = groupByReason(
    untestable.filter((item) => item.status === status),
    ({ reason }) => reason,
  );
  return main === undefined ? '' : `: ${main.reason}`;
};

const statusPieces = (report: Report, status: number, record: StatusRecord, nameWidth: number): Piece[] => {
  const { outcome, name, conforming, provoked, applicable, cases, simulated, error } = record;
  const missing = applicable - provoked - simulated - error;
  const share = `${conforming}/${provoked}`.padStart(7);
  const extras = [
    ...(simulated > 0 ? [`${formatCount(simulated)} simulated`] : []),
    ...(error > 0 ? [`${formatCount(error)} error`] : []),
    ...(missing > 0 ? [`${formatCount(missing)} untestable${describeMissing(report, status)}`] : []),
  ];
  return [
    '  ',
    [outcome, `${OUTCOME_SYMBOL[outcome]} ${status}`],
    ` ${name.padEnd(nameWidth)}`,
    [provoked === 0 ? 'soft' : 'strong', share],
    ` of ${formatPlural(applicable, 'cell').padEnd(9)}`,
    ['soft', `${formatPlural(cases.total, 'case').padStart(11)}${extras.map((extra) => ` · ${extra}`).join('')}`],
  ];
};

/** One line for each status: cells that conform out of those provoked, of those applicable. */
export const statusLines = (report: Report, pen: Pen): string[] => {
  const statuses = Object.entries(report.statuses)
    .map(([status, record]): [number, StatusRecord] => [Number(status), record])
    .sort(([a], [b]) => a - b);
  const nameWidth = Math.max(0, ...statuses.map(([, { name }]) => name.length));
  return statuses.map(([status, record]) => pen.line(...statusPieces(report, status, record, nameWidth)));
};

/** The score of each clause set on one line; sets that do not count in brackets. */
export const scoreLines = ({ scores, target }: Report, pen: Pen): string[] => {
  const texts = Object.entries(scores).map(([set, { held, judged }]) => {
    const text = `${set} ${formatCount(held)}/${formatCount(judged)} ${formatShare(held, judged)}`;
    return target.counts.includes(set as ClauseSet) ? text : `(${text})`;
  });
  return [pen.line(['strong', 'MUSTs held'], `  ${texts.join('   ')}`)];
};
