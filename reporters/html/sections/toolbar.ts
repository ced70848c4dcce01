import type { Outcome } from '../../../engine/report.ts';
import { OUTCOME_WORD } from '../../shared/outcomes.ts';
import { type Html, html } from '../escape.ts';
import type { View } from '../view.ts';

const OUTCOMES: readonly Outcome[] = ['fail', 'warn', 'error', 'untestable', 'pass'];

/** The bar that stays in sight: ways to the sections and, where scripts run, a filter. */
export const renderToolbar = ({ report, clusters, statuses }: View): Html => {
  const links: [string, string][] = [
    ['statuses', 'Statuses'],
    ['matrix', 'Matrix'],
    ['findings', `Findings ${clusters.length}`],
    ['not-tested', `Not tested ${report.untestable.length}`],
    ['cells', 'Cells'],
    ['clauses', 'Clauses'],
    ['controls', 'Controls'],
    ['environment', 'Environment'],
    ['errors', `Errors ${report.errors.length}`],
  ];
  return html`
<div class="toolbar">
<nav aria-label="Sections">${links.map(([id, label]) => html`<a href="#${id}">${label}</a> `)}</nav>
<search class="filter" hidden>
<input type="search" id="filter-text" aria-label="Filter by text" placeholder="Filter: operation, check, message…" autocomplete="off" spellcheck="false">
<select id="filter-status" aria-label="Filter by status"><option value="">all statuses</option>${statuses.map(([status]) => html`<option value="${status}">${status}</option>`)}</select>
<select id="filter-outcome" aria-label="Filter by outcome"><option value="">all outcomes</option>${OUTCOMES.map((outcome) => html`<option value="${outcome}">${OUTCOME_WORD[outcome]}</option>`)}</select>
<output id="filter-result" for="filter-text filter-status filter-outcome"></output>
</search>
</div>`;
};
