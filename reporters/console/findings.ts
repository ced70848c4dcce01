import type { Report } from '../../engine/report.ts';
import type { Cluster } from '../shared/clusters.ts';
import { formatPlural } from '../shared/format.ts';
import { describeRate } from '../shared/retries.ts';
import { showLine } from '../shared/visible-text.ts';
import { describeWaived } from '../shared/waivers.ts';
import type { Pen } from './pen.ts';

const MOST_CAUSES = 4;

// A command that a cut or a replaced character would change is worse than none.
const curlLine = (curl: string, pen: Pen): string =>
  curl.length <= pen.width * 3 && showLine(curl) === curl
    ? pen.whole(['soft', `     ${curl}`])
    : pen.line(['soft', '     The curl command stands in the report.']);

const clusterLines = (report: Report, cluster: Cluster, index: number, pen: Pen): string[] => {
  const { head, example, counted, operations } = cluster;
  const statuses = [...new Set(cluster.findings.map(({ status }) => status))].sort((a, b) => a - b);
  const evidence = report.evidence[example.evidence];
  const rate = describeRate(example);
  const waived = describeWaived(cluster.findings);
  return [
    pen.line(
      `  ${index + 1}. `,
      [head.level === 'MUST' && counted ? 'fail' : 'warn', head.level],
      ` ${head.set} `,
      ['strong', head.check],
      [
        'soft',
        `  ${statuses.join(' ')} on ${formatPlural(operations.length, 'operation')}${waived === undefined ? '' : `, ${waived}`}`,
      ],
    ),
    pen.line(`     ${example.message}`, ['soft', rate === undefined ? '' : `  (${rate})`]),
    ...(evidence === undefined ? [] : [curlLine(evidence.curl, pen)]),
  ];
};

/** The gravest causes, each with its message and the command that repeats it. */
export const findingLines = (report: Report, clusters: readonly Cluster[], pen: Pen): string[] => {
  if (clusters.length === 0) return [];
  const rest = clusters.length - MOST_CAUSES;
  return [
    pen.line(
      ['strong', formatPlural(report.findings.length, 'finding')],
      ` with ${formatPlural(clusters.length, 'cause')}`,
    ),
    ...clusters.slice(0, MOST_CAUSES).flatMap((cluster, index) => clusterLines(report, cluster, index, pen)),
    ...(rest > 0 ? [pen.line(['soft', `  and ${formatPlural(rest, 'more cause')} in the report`])] : []),
  ];
};
