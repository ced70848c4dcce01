import type { Report } from '../../report/report.ts';
import { formatPlural } from '../shared/format.ts';
import { describePattern, describeWaivers, expiringWaivers } from '../shared/waivers.ts';
import type { Pen } from './pen.ts';

const MOST_EXPIRING = 2;

/** How much is waived, and, never cut, which lines have to go. Nothing without waivers. */
export const waiverLines = (report: Report, pen: Pen): string[] => {
  const { waivers = [] } = report;
  if (waivers.length === 0) return [];
  return [
    pen.line(['strong', 'Waivers'], ` ${describeWaivers(report)}`),
    ...waivers.flatMap(({ problem }) => (problem === undefined ? [] : [pen.whole('  ', ['fail', problem])])),
  ];
};

/** The waivers that are about to expire, in so many rows. */
export const expiringLines = (report: Report, rows: number, pen: Pen): string[] => {
  const soon = expiringWaivers(report);
  const rest = soon.length - MOST_EXPIRING;
  return [
    ...soon
      .slice(0, MOST_EXPIRING)
      .map((waiver) =>
        pen.line('  ', ['warn', `expires ${waiver.expires}`], ` ${describePattern(waiver)}`, [
          'soft',
          `  ${waiver.owner}, ${waiver.issue}, ${waiver.file}:${waiver.lines[0]}`,
        ]),
      ),
    ...(rest > 0 ? [pen.line(['soft', `  and ${formatPlural(rest, 'more waiver')} about to expire`])] : []),
  ].slice(0, rows);
};
