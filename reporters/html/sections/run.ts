import { block, type Html, html } from '../escape.ts';
import type { View } from '../view.ts';
import { section } from './parts.ts';

/** What the run was made with. */
export const renderEnvironment = ({ report }: View): Html => {
  const { environment, run, target, reportVersion } = report;
  const facts: [string, string][] = [
    ['Suite', environment.suite],
    ['Node.js', environment.node],
    ['Platform', environment.platform],
    ['Run', run.id],
    ['Sets that decide the verdict', target.counts.join(', ') || 'none'],
    ['Report format', String(reportVersion)],
  ];
  return section(
    'environment',
    'Environment',
    '',
    html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  );
};

/** What kept the suite from doing its job. */
export const renderErrors = ({ report }: View): Html =>
  section(
    'errors',
    `Errors (${report.errors.length})`,
    report.errors.length === 0
      ? 'Nothing kept the suite from doing its job.'
      : 'Trouble of the suite or the network, not of the API.',
    report.errors.map((error) => html`<pre class="error" tabindex="0">${block(error)}</pre>`),
  );
