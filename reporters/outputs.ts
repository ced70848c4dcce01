import type { Report } from '../report/report.ts';
import { renderBadge } from './badge.ts';
import { renderHtml } from './html/render-html.ts';
import { renderSummary } from './markdown/render-summary.ts';

/** A file of the report: its name in the report's directory, and its text as a pure function of the report. */
export type Output = { name: string; render: (report: Report) => string };

/** The report for machines, from which everything else can be made again; so it is written first. */
export const JSON_OUTPUT: Output = {
  name: 'report.json',
  render: (report) => `${JSON.stringify(report, null, 2)}\n`,
};

/** The one that a person opens. */
export const HTML_OUTPUT: Output = { name: 'index.html', render: renderHtml };

/** Every file of a report, in the order they are written. */
export const OUTPUTS: readonly Output[] = [
  JSON_OUTPUT,
  HTML_OUTPUT,
  { name: 'summary.md', render: renderSummary },
  { name: 'badge.json', render: renderBadge },
];
