import type { Report } from '../../report/report.ts';
import { type Cause, describeCause, describeReach } from '../shared/causes.ts';
import { formatPlural } from '../shared/format.ts';
import { describeRate } from '../shared/retries.ts';
import { describeSince } from '../shared/since.ts';
import { showLine } from '../shared/visible-text.ts';
import { describeWaived } from '../shared/waivers.ts';
import { disarmLine } from '../shared/workflow-commands.ts';
import type { Pen } from './pen.ts';
import { countRows } from './sections.ts';

const MOST_CAUSES = 6;
const WIDEST_CURL = 6;

// A command that a cut or a replaced character would change is worse than none.
const curlLine = (curl: string, pen: Pen): string =>
  curl.length <= pen.width * WIDEST_CURL && disarmLine(showLine(curl)) === curl
    ? pen.whole(['soft', `     ${curl}`])
    : pen.line(['soft', '     The curl command stands in the report.']);

const causeLines = (report: Report, cause: Cause, index: number, pen: Pen): string[] => {
  const { head, example, counted, operations, findings } = cause;
  const evidence = report.evidence[example.evidence];
  const rate = describeRate(example);
  const waived = describeWaived(cause.findings);
  return [
    pen.line(
      `  ${index + 1}. `,
      [head.level === 'MUST' && counted ? 'fail' : 'warn', head.level],
      ` ${head.set} `,
      ['strong', head.check],
      [
        'soft',
        `  ${describeCause(head)}${describeSince(findings)}; ${describeReach(findings.length, operations.length)}${waived === undefined ? '' : `, ${waived}`}`,
      ],
    ),
    pen.line(`     ${example.message}`, ['soft', rate === undefined ? '' : `  (${rate})`]),
    ...(evidence === undefined ? [] : [curlLine(evidence.curl, pen)]),
  ];
};

/** The gravest causes in so many rows: each with its message and the command that repeats it, or at least by name. */
export const findingLines = (report: Report, causes: readonly Cause[], rows: number, pen: Pen): string[] => {
  const [first] = causes;
  if (first === undefined || rows < 1) return [];
  const heading = pen.line(
    ['strong', formatPlural(report.findings.length, 'finding')],
    ` with ${formatPlural(causes.length, 'cause')}`,
    ['soft', causes.length > 1 ? '; the gravest first, all in the report' : ''],
  );
  // The first cause and its command come before a heading.
  const lines = countRows([heading, ...causeLines(report, first, 0, pen)], pen) > rows ? [] : [heading];
  for (const [index, cause] of causes.slice(0, MOST_CAUSES).entries()) {
    const whole = causeLines(report, cause, index, pen);
    const left = rows - countRows(lines, pen);
    lines.push(...(countRows(whole, pen) <= left ? whole : whole.slice(0, Math.min(left, index === 0 ? 2 : 1))));
  }
  return lines;
};
