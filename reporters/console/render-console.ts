import type { Report } from '../../engine/report.ts';
import { groupFindings } from '../shared/clusters.ts';
import { changeLines } from './changes.ts';
import { findingLines } from './findings.ts';
import { createPen } from './pen.ts';
import { headLines, scoreLines, statusLines } from './summary.ts';
import { errorLines, neverBegan, stillbornLines, untestableLines } from './trouble.ts';

const NARROWEST = 40;

/** How to write to this console: `width` in columns; `reportPath` is where the reader finds the rest. */
export type ConsoleOptions = { color: boolean; width: number; reportPath: string };

/** The report on one screen: verdict, statuses, scores, the gravest causes, what was not tested, errors. */
export function renderConsole(report: Report, { color, width, reportPath }: ConsoleOptions): string {
  const pen = createPen(color, Math.max(NARROWEST, width), report.run.values);
  const path = [pen.whole(['strong', 'Report'], ` ${reportPath}`)];
  if (neverBegan(report)) return `${[...stillbornLines(report, pen), '', ...path].join('\n')}\n`;
  const blocks = [
    headLines(report, pen),
    statusLines(report, pen),
    scoreLines(report, pen),
    changeLines(report.changes, pen),
    findingLines(report, groupFindings(report), pen),
    untestableLines(report, pen),
    errorLines(report, pen),
    path,
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}
