import type { Report } from '../../report/report.ts';
import { type Cause, describeCause, describeReach, groupFindings } from '../shared/causes.ts';
import { cellsOf, describeChanges, groupByCause } from '../shared/changes.ts';
import { filled } from '../shared/filled.ts';
import { formatDuration, formatInstant, formatPlural } from '../shared/format.ts';
import { OUTCOME_SYMBOL, VERDICT_OUTCOME, VERDICT_WORD } from '../shared/outcomes.ts';
import { groupByReason } from '../shared/reasons.ts';
import { describeRate } from '../shared/retries.ts';
import { describeSince } from '../shared/since.ts';
import { listStatuses } from '../shared/statuses.ts';
import { describeUnanswered } from '../shared/unanswered.ts';
import { describeUnasked } from '../shared/unasked.ts';
import { describePattern, describeWaivers, expiringWaivers } from '../shared/waivers.ts';
import { fitBlocks } from './fit-blocks.ts';
import { fenced, inert } from './inert.ts';

/** Bytes of a summary, at most: it must fit a comment on a pull request (65,536 characters), too. */
const ROOM = 60_000;

const MOST_CAUSES = 10;
const MOST_REASONS = 8;
const MOST_CHANGES = 10;
const MOST_LOST = 5;
const MOST_PLACES = 5;
const MOST_WAIVERS = 20;
const LONGEST_COMMAND = 4000;

/** The run as Markdown, to lie beside the report's other files or to become a comment on a pull request. */
export const renderSummary = (report: Report): string =>
  fitBlocks([...blocksOf(filled(report)), 'The whole report: [index.html](index.html).'], ROOM);

/** As `renderSummary`, in at most `room` bytes, for a page that the report's other files do not lie beside. */
export const renderStepSummary = (report: Report, room: number): string =>
  fitBlocks(
    [...blocksOf(filled(report)), 'The whole report: `index.html` among the files of the run.'],
    Math.min(room, ROOM),
  );

const blocksOf = (report: Report): string[] => [
  headBlock(report),
  statusBlock(report),
  ...changeBlocks(report),
  ...waiverBlocks(report),
  ...findingBlocks(report, groupFindings(report)),
  ...untestedBlocks(report),
];

const atMost = <T>(items: readonly T[], most: number, noun: string, line: (item: T) => string): string[] => {
  const rest = items.length - most;
  return [...items.slice(0, most).map(line), ...(rest > 0 ? [`- and ${formatPlural(rest, `more ${noun}`)}`] : [])];
};

const headBlock = (report: Report): string => {
  const { verdict, contract, target, exchanges, run, reasons } = report;
  return [
    `## ${OUTCOME_SYMBOL[VERDICT_OUTCOME[verdict]]} Error contract: ${VERDICT_WORD[verdict].toLowerCase()}`,
    '',
    `${inert(`${contract.title} ${contract.version}`)} at ${inert(target.url)}, ${formatPlural(exchanges, 'exchange')} in ${formatDuration(run.durationMs)}.`,
    '',
    ...atMost(reasons, MOST_REASONS, 'reason', (reason) => `- ${inert(reason)}`),
    ...describeUnasked(report).map((each) => `- ${inert(each)}`),
  ].join('\n');
};

const statusBlock = ({ statuses }: Report): string =>
  [
    '| | status | operations where it can occur | conform | fail | not tested | error |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...Object.entries(statuses).map(
      ([status, { name, outcome, applicable, conforming, failing, untestable, error }]) =>
        `| ${OUTCOME_SYMBOL[outcome]} | ${Number(status)} ${inert(name)} | ${[applicable, conforming, failing, untestable, error].join(' | ')} |`,
    ),
  ].join('\n');

const changeBlocks = ({ changes }: Report): string[] => {
  if (changes === undefined) return [];
  const causes = [
    ...groupByCause(changes.new).map((cause) => ({ ...cause, word: 'new' })),
    ...groupByCause(changes.firstSeen).map((cause) => ({ ...cause, word: 'first seen' })),
    ...groupByCause(changes.fixed).map((cause) => ({ ...cause, word: 'fixed' })),
  ];
  const lines = atMost(causes, MOST_CHANGES, 'change', ({ word, head, flaws, findings, operations }) => {
    const places = cellsOf(flaws);
    const shown = places.slice(0, MOST_PLACES).map(({ operation, status }) => `${status} ${inert(operation)}`);
    const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : '';
    return `- ${word}: ${head.level} ${inert(head.check)} (${inert(describeCause(head))}), ${describeReach(findings, operations)}: ${shown.join(', ')}${more}`;
  });
  return [
    [
      `### What changed`,
      '',
      `${inert(`${describeChanges(changes)} since ${formatInstant(changes.since)}`)}`,
      '',
      ...(changes.note === undefined ? [] : [inert(changes.note), '']),
      ...lines,
      ...atMost(changes.lost, MOST_LOST, 'cell', ({ operation, status, reason }) => {
        return `- no longer tested: ${status} ${inert(operation)}, ${inert(reason)}`;
      }),
    ].join('\n'),
  ];
};

const waiverBlocks = (report: Report): string[] => {
  const { waivers = [] } = report;
  if (waivers.length === 0) return [];
  const lines = [
    ...waivers.flatMap(({ problem }) => (problem === undefined ? [] : [`- ${inert(problem)}`])),
    ...expiringWaivers(report).map((each) => `- expires ${inert(each.expires)}: ${inert(describePattern(each))}`),
  ];
  const shown = atMost(lines, MOST_WAIVERS, 'waiver', (line) => line);
  return [['### Waivers', '', inert(describeWaivers(report)), '', ...shown].join('\n')];
};

const findingBlocks = (report: Report, causes: readonly Cause[]): string[] => {
  if (causes.length === 0) return [];
  const rest = causes.length - MOST_CAUSES;
  const head = `### ${formatPlural(report.findings.length, 'finding')} with ${formatPlural(causes.length, 'cause')}`;
  const [first, ...others] = causes.slice(0, MOST_CAUSES).map((cause, index) => causeBlock(report, cause, index));
  return [
    `${head}\n\n${first}`,
    ...others,
    ...(rest > 0 ? [`And ${formatPlural(rest, 'more cause')}; the whole report has them.`] : []),
  ];
};

const causeBlock = (report: Report, { head, example, counted, operations, findings }: Cause, index: number): string => {
  const curl = report.evidence[example.evidence]?.curl ?? '';
  const rate = describeRate(example);
  return [
    `**${index + 1}. ${head.level}** ${head.set} ${inert(head.check)}: ${inert(describeCause(head))}; ${describeReach(findings.length, operations.length)}${describeSince(findings)}${counted ? '' : ' (does not decide the verdict)'}`,
    `${inert(example.message)}${rate === undefined ? '' : ` (${inert(rate)})`}`,
    (curl.length <= LONGEST_COMMAND ? fenced(curl) : undefined) ?? 'The curl command stands in the whole report.',
  ].join('\n\n');
};

const untestedBlocks = ({ untestable, unanswered = [] }: Report): string[] => {
  if (untestable.length + unanswered.length === 0) return [];
  const groups = groupByReason(untestable, ({ reason }) => reason);
  const lines = atMost(groups, MOST_REASONS, 'reason', ({ reason, items }) => {
    return `- ${items.length} (${listStatuses(items)}): ${inert(reason)}`;
  });
  const silent = atMost(unanswered, MOST_REASONS, 'condition', ({ condition, operations }) => {
    return `- ${describeUnanswered(inert(condition), operations)}`;
  });
  const count = untestable.length === 0 ? '' : `: ${formatPlural(untestable.length, 'cell')}`;
  return [[`### Not tested${count}`, '', ...lines, ...silent].join('\n')];
};
