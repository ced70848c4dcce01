import { appendFileSync, statSync } from 'node:fs';
import type { Report } from '../report/report.ts';
import { renderStepSummary } from './markdown/render-summary.ts';

/** GitHub takes so many bytes from one step (1024k), and nothing at all from a step that wrote more. */
const MOST_BYTES = 1024 * 1024;

/** Adds the summary to the file that GitHub shows beside the step, behind what the step has written there before. */
export function appendSummary(path: string, report: Report): void {
  const written = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const gap = written > 0 ? '\n\n' : '';
  appendFileSync(path, `${gap}${renderStepSummary(report, MOST_BYTES - written - gap.length)}`);
}
