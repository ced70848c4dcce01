import type { CaseRecord, CellRecord, Counts, Outcome } from '../../../judge/finding.ts';
import { countCases } from '../../../judge/outcome.ts';
import { formatCount, formatPlural } from '../../shared/format.ts';
import { OUTCOME_SYMBOL, OUTCOME_WORD } from '../../shared/outcomes.ts';
import { anchorOf, type Html, html, type Part } from '../escape.ts';
import { caseKey, causeLink, type View } from '../view.ts';
import { provenanceTag, statusText } from './parts.ts';

/** So many cases are shown, divided among the cells when there are more. */
const MOST_CASES = 4000;

const ODDEST_FIRST: readonly Outcome[] = ['fail', 'error', 'warn', 'untestable', 'pass', 'not-applicable'];

/** How many cases of a cell there is room for. */
export const roomForCases = ({ report: { cells } }: View): number => {
  const all = cells.reduce((sum, { cases }) => sum + cases.length, 0);
  return all <= MOST_CASES ? all : Math.max(5, Math.floor(MOST_CASES / cells.length));
};

/** How many cases ended how, in words: `2 fail, 14 pass`. */
export const nameCounts = (counts: Counts): string =>
  (['fail', 'error', 'warn', 'untestable', 'pass'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => `${formatCount(counts[name])} ${OUTCOME_WORD[name]}`)
    .join(', ');

const renderReason = (view: View, { reason, controls }: CaseRecord, cell: CellRecord): Part => {
  const broken = controls.filter((id) => view.controls.get(id)?.held === false);
  const links = broken.map((id) => html` <a href="#${anchorOf('control', id)}">control <code>${id}</code></a>`);
  // A reason that the whole cell shares stands in its summary once.
  return html`${reason === cell.reason ? '' : reason}${links}`;
};

/** So many findings of a case are named. */
const MOST_CAUSES = 4;

const renderCauses = (view: View, { operation, status }: CellRecord, id: string): Part => {
  const causes = view.causesAt.get(caseKey(operation, status, id)) ?? [];
  const links = causes.slice(0, MOST_CAUSES).map((cause) => html`${causeLink(view, cause, cause.head.check)} `);
  return causes.length > MOST_CAUSES ? html`${links}and ${formatCount(causes.length - MOST_CAUSES)} more ` : links;
};

const renderCase = (view: View, record: CaseRecord, cell: CellRecord): Html => {
  const { id, provocation, provenance, outcome, expected, actual } = record;
  // Most cases are named after how they provoke.
  const how = id.startsWith(provocation) ? '' : html`<small>${provocation}</small>`;
  return html`
<tr class="${outcome}"><td><code>${id}</code>${provenanceTag(provenance)}${how}</td><td>${statusText(expected)}</td><td>${actual ?? '–'}</td><td class="w">${OUTCOME_SYMBOL[outcome]} ${OUTCOME_WORD[outcome]}</td><td>${renderCauses(view, cell, id)}${renderReason(view, record, cell)}</td></tr>`;
};

/** The cases of a cell in the plan's order; where there is not room for all, those that did not pass, and how many are left out. */
export const renderCases = (view: View, cell: CellRecord, room: number): Part => {
  const { operation, status, cases } = cell;
  if (cases.length === 0) return html`<p>No case was sent.</p>`;
  const ranked = [...cases].sort((a, b) => ODDEST_FIRST.indexOf(a.outcome) - ODDEST_FIRST.indexOf(b.outcome));
  const kept = new Set(ranked.slice(0, room));
  const left = countCases(ranked.slice(room));
  return html`<div class="scroll" role="group" aria-label="Cases of ${operation} × ${status}" tabindex="0"><table class="cases"><caption class="vh">Cases of ${operation} × ${status}</caption>
<thead><tr><th scope="col">Case</th><th scope="col">Expected</th><th scope="col">Actual</th><th scope="col">Outcome</th><th scope="col">Findings, or why</th></tr></thead>
<tbody>${cases.filter((record) => kept.has(record)).map((record) => renderCase(view, record, cell))}</tbody></table></div>${
    left.total === 0
      ? ''
      : html`<p class="more">and ${formatPlural(left.total, 'more case')}, in report.json: ${nameCounts(left)}</p>`
  }`;
};
