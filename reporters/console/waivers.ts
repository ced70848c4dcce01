import type { Report } from '../../engine/report.ts';
import { formatPlural } from '../shared/format.ts';
import { describePattern, describeWaivers, expiringWaivers } from '../shared/waivers.ts';
import type { Pen } from './pen.ts';

const MOST_EXPIRING = 2;

/** How much is waived, what is about to expire, and, never cut, which lines have to go. Nothing without waivers. */
export const waiverLines = (report: Report, pen: Pen): string[] => {
  if (report.waivers === undefined || report.waivers.length === 0) return [];
  const soon = expiringWaivers(report);
  const rest = soon.length - MOST_EXPIRING;
  return [
    pen.line(['strong', 'Waivers'], ` ${describeWaivers(report)}`),
    ...soon
      .slice(0, MOST_EXPIRING)
      .map((waiver) =>
        pen.line('  ', ['warn', `expires ${waiver.expires}`], ` ${describePattern(waiver)}`, [
          'soft',
          `  ${waiver.owner}, ${waiver.issue}, ${waiver.file}:${waiver.lines[0]}`,
        ]),
      ),
    ...(rest > 0 ? [pen.line(['soft', `  and ${formatPlural(rest, 'more waiver')} about to expire`])] : []),
    ...report.waivers.flatMap(({ problem }) => (problem === undefined ? [] : [pen.whole('  ', ['fail', problem])])),
  ];
};
