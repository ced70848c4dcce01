import type { Outcome } from '../../../judge/finding.ts';
import { OUTCOME_WORD } from '../../shared/outcomes.ts';
import { type Html, html } from '../escape.ts';
import type { View } from '../view.ts';

const OUTCOMES: readonly Outcome[] = ['fail', 'warn', 'error', 'untestable', 'pass'];

const select = (what: string, all: string, options: readonly (readonly [value: string, label: string])[]): Html => html`
<select id="filter-${what}" aria-label="Filter by ${what}"><option value="">${all}</option>${options.map(
  ([value, label]) => html`<option value="${value}">${label}</option>`,
)}</select>`;

const linkIf = (present: unknown, id: string, label: string): [string, string][] => (present ? [[id, label]] : []);

/** The bar that stays in sight: ways to the sections and, where scripts run, a filter. */
export const renderToolbar = ({ report, causes, statuses, operations }: View): Html => {
  const links: [string, string][] = [
    ...linkIf(report.changes, 'changes', 'Changes'),
    ...linkIf(report.history, 'history', 'History'),
    ['statuses', 'Statuses'],
    ['matrix', 'Matrix'],
    ['findings', `Findings ${causes.length}`],
    ...linkIf(report.waivers?.length, 'waivers', 'Waivers'),
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
<search class="filter" aria-label="Filter" hidden>
<input type="search" id="filter-text" aria-label="Filter by text" placeholder="Filter by any text…" autocomplete="off" spellcheck="false">
${select(
  'status',
  'all statuses',
  statuses.map(([status]) => [String(status), String(status)]),
)}
${select(
  'operation',
  'all operations',
  [...operations].map(([id, index]) => [String(index), id]),
)}
${select(
  'outcome',
  'all outcomes',
  OUTCOMES.map((outcome) => [outcome, OUTCOME_WORD[outcome]]),
)}
${select(
  'set',
  'all sets',
  Object.keys(report.scores).map((set) => [set, set]),
)}
<button type="button" id="filter-clear" disabled>Clear</button>
<output id="filter-result" for="filter-text filter-status filter-operation filter-outcome filter-set"></output>
</search>
</div>`;
};
