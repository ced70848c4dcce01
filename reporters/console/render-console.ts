import type { Report } from '../../report/report.ts';
import { groupFindings } from '../shared/causes.ts';
import { changeLines } from './changes.ts';
import { findingLines } from './findings.ts';
import { createPen } from './pen.ts';
import { fitSections, type Section } from './sections.ts';
import { headLines, noteLines, scoreLines, statusLines } from './summary.ts';
import { errorLines, neverBegan, stillbornLines, untestableLines } from './trouble.ts';
import { expiringLines, waiverLines } from './waivers.ts';

const NARROWEST = 40;

/** How to write to this console: `width` in columns and `height` in rows; `reportPath` is where the reader finds the rest. */
export type ConsoleOptions = { color: boolean; width: number; height: number; reportPath: string | undefined };

/** The report on one screen: verdict, statuses, what changed, the gravest causes, what was not tested, errors. */
export function renderConsole(report: Report, { color, width, height, reportPath }: ConsoleOptions): string {
  const pen = createPen(color, Math.max(NARROWEST, width), report.run.values);
  const path = reportPath === undefined ? [] : [pen.whole(['strong', 'Report'], ` ${reportPath}`)];
  if (neverBegan(report)) return `${[...stillbornLines(report, pen), '', ...path].join('\n')}\n`;
  const causes = groupFindings(report);
  // In the order they are shown.
  const sections: Section[] = [
    { claim: 'all', lines: () => [...headLines(report, pen), ''] },
    { claim: 'all', lines: () => [...statusLines(report, pen), ''] },
    { claim: 'rest', lines: (rows) => scoreLines(report, rows, pen) },
    { claim: 'part', lines: (rows) => noteLines(report, rows, pen) },
    { claim: 'part', lines: (rows) => changeLines(report.changes, pen, rows) },
    { claim: 'all', lines: () => waiverLines(report, pen) },
    { claim: 'part', lines: (rows) => expiringLines(report, rows, pen) },
    { claim: 'part', lines: (rows) => errorLines(report, rows, pen) },
    { claim: 'most', lines: (rows) => findingLines(report, causes, rows, pen) },
    { claim: 'rest', lines: (rows) => untestableLines(report, rows, pen) },
    { claim: 'all', lines: () => path },
  ];
  return `${fitSections(sections, Math.max(1, height - 1), pen).join('\n')}\n`;
}
