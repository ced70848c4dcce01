import type { Report } from '../../report/report.ts';
import { type Cause, describeCause, describeReach, groupFindings } from '../shared/causes.ts';
import { filled } from '../shared/filled.ts';
import { VERDICT_WORD } from '../shared/outcomes.ts';
import { cutText, showBlock, showLine } from '../shared/visible-text.ts';

/** GitHub shows so many errors and so many warnings of a step, and silently drops the rest. */
const MOST = 10;

const LONGEST_TITLE = 200;
const LONGEST_TEXT = 4000;

type Level = 'error' | 'warning';
type Annotation = { level: Level; title: string; text: string };

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const write = ({ level, title, text }: Annotation): string =>
  `::${level} title=${escapeProperty(cutText(showLine(title), LONGEST_TITLE))}::${escapeData(cutText(showBlock(text), LONGEST_TEXT))}`;

/**
 * The run as workflow commands of GitHub Actions, one line each: the verdict when the suite could not do its job, then each cause,
 * the gravest first. A cause is an error when it decides the verdict; where the run `succeeded` all the same, nothing is one.
 */
export const renderAnnotations = (given: Report, succeeded: boolean): string[] => {
  const report = filled(given);
  const causes = groupFindings(report)
    .filter(({ head }) => head.level !== 'MAY')
    .map((cause) => annotateCause(report, cause));
  const all = [...annotateVerdict(report), ...causes].map(
    (annotation): Annotation => (succeeded ? { ...annotation, level: 'warning' } : annotation),
  );
  return (['error', 'warning'] as const).flatMap((level) =>
    bound(all.filter((each) => each.level === level)).map(write),
  );
};

const annotateVerdict = ({ verdict, reasons }: Report): Annotation[] => {
  if (verdict !== 'error' && verdict !== 'incomplete') return [];
  const level = verdict === 'error' ? 'error' : 'warning';
  return [{ level, title: `Error contract: ${VERDICT_WORD[verdict].toLowerCase()}`, text: reasons.join('\n') }];
};

const annotateCause = (report: Report, { head, example, counted, operations, findings }: Cause): Annotation => {
  const curl = report.evidence[example.evidence]?.curl;
  return {
    level: head.level === 'MUST' && counted ? 'error' : 'warning',
    title: `${head.level} ${head.check}: ${describeCause(head)}; ${describeReach(findings.length, operations.length)}`,
    // A command that the cut would go through is left out whole.
    text: [example.message, ...(curl === undefined || curl.length > LONGEST_TEXT / 2 ? [] : [curl])].join('\n'),
  };
};

/** Those that GitHub shows; the last of them then tells of the others. */
const bound = (annotations: Annotation[]): Annotation[] => {
  const [level, rest] = [annotations[0]?.level, annotations.length - MOST + 1];
  if (level === undefined || rest <= 1) return annotations;
  const more = { level, title: `${rest} more`, text: `${rest} more causes stand in the report.` };
  return [...annotations.slice(0, MOST - 1), more];
};
