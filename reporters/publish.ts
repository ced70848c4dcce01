import type { Surroundings } from '../config/surroundings.ts';
import type { Report } from '../report/report.ts';
import { appendSummary } from './append-summary.ts';
import { renderConsole } from './console/render-console.ts';
import { renderAnnotations } from './github/annotations.ts';
import { OUTPUTS, type Output } from './outputs.ts';
import { VERDICT_WORD } from './shared/outcomes.ts';
import { disarmLine } from './shared/workflow-commands.ts';
import { attempt, writeReport } from './write-report.ts';

/** What is published: the report, whether its run succeeded, and the directory of its files. */
export type Publication = { report: Report; succeeded: boolean; directory: string };

/**
 * Writes the report's files and says in every other place what it says; each on its own, with a sentence on standard error for
 * each that failed. The verdict is printed in any case. Yields whether all of it worked.
 */
export function publish(
  { report, succeeded, directory }: Publication,
  surroundings: Surroundings,
  outputs: readonly Output[] = OUTPUTS,
): boolean {
  const { path, failures } = writeReport(report, directory, outputs);
  const { stepSummary, annotate } = surroundings;
  const summary = print('The summary', () => [renderConsole(report, { ...surroundings, reportPath: path })]);
  if (summary !== undefined) console.log(VERDICT_WORD[report.verdict].toUpperCase());
  const further = [
    summary,
    stepSummary && attempt(`${stepSummary} could not be written`, () => appendSummary(stepSummary, report)),
    annotate && print('The annotations', () => renderAnnotations(report, succeeded)),
  ];
  const sentences = [...failures, ...further.flatMap((failure) => failure || [])];
  for (const sentence of sentences) console.error(disarmLine(sentence));
  return sentences.length === 0;
}

/** Prints what is rendered. */
function print(what: string, render: () => string[]): string | undefined {
  return attempt(`${what} could not be printed`, () => {
    for (const line of render()) console.log(line);
  });
}
