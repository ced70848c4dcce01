import { formatCount } from '../../shared/format.ts';
import { describePreflight } from '../../shared/preflight.ts';
import { block, type Html, html } from '../escape.ts';
import type { View } from '../view.ts';
import { section } from './parts.ts';

/** What the run was made with. */
export const renderEnvironment = ({ report }: View): Html => {
  const { environment, target, reportVersion } = report;
  const facts: [string, string][] = [
    ['Suite', environment.suite],
    ['Node.js', environment.node],
    ['Platform', environment.platform],
    ['Preflight', describePreflight(report) ?? 'none'],
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

/** So many messages are shown. */
const MOST_ERRORS = 50;

/** What kept the suite from doing its job, and what earlier runs have left. */
export const renderErrors = ({ report }: View): Html => {
  const { leftovers = [] } = report;
  return section(
    'errors',
    `Errors (${report.errors.length})`,
    report.errors.length === 0
      ? 'Nothing kept the suite from doing its job.'
      : 'Trouble of the suite or the network, not of the API; waivers that have to go are named here, too.',
    [
      report.errors
        .slice(0, MOST_ERRORS)
        .map((error) => html`<pre class="error" tabindex="0" aria-label="Error">${block(error)}</pre>`),
      report.errors.length > MOST_ERRORS
        ? html`<p>and ${formatCount(report.errors.length - MOST_ERRORS)} more, in report.json</p>`
        : '',
      leftovers.length > 0
        ? html`<p>What earlier runs have left, which decides nothing:</p><ul>${leftovers.slice(0, MOST_ERRORS).map((each) => html`<li>${each}</li>`)}</ul>`
        : '',
    ],
  );
};
