import type { ClauseRecord } from '../../../engine/report.ts';
import type { ClauseSet } from '../../../schemas/contract.ts';
import { formatCount } from '../../shared/format.ts';
import { anchorOf, type Html, html, type Part, webLink } from '../escape.ts';
import type { View } from '../view.ts';
import { levelTags, section } from './parts.ts';

const renderResult = ({ judged, broken, excluded, level, set }: ClauseRecord, counts: readonly ClauseSet[]): Part => {
  if (excluded !== undefined) return html`<span class="o not-applicable">– excluded</span>`;
  if (judged === 0) return html`<span class="o untestable">? not judged</span>`;
  if (broken === 0) return html`<span class="o pass">✓ held</span>`;
  const decides = level === 'MUST' && counts.includes(set);
  return decides ? html`<span class="o fail">✗ broken</span>` : html`<span class="o warn">! broken</span>`;
};

const renderClause = (view: View, clause: ClauseRecord): Html => {
  const { id, level, set, title, quote, source, checks, judged, broken, excluded } = clause;
  const where = source.section === undefined ? source.title : `${source.title}, ${source.section}`;
  return html`
<tr id="${anchorOf('clause', id)}">
<th scope="row"><code>${id}</code></th>
<td>${levelTags(level, set, view.report.target.counts.includes(set))}</td>
<td><b>${title}</b><q>${quote}</q><small>${webLink(source.url, where)}</small></td>
<td>${excluded === undefined ? checks.map((check) => html`<code>${check}</code> `) : html`No check: ${excluded}`}</td>
<td>${renderResult(clause, view.report.target.counts)}</td>
<td class="n">${formatCount(judged)}</td><td class="n">${formatCount(broken)}</td>
</tr>`;
};

/** The clauses with their sources, the checks that judge them, and how they fared. */
export const renderClauses = (view: View): Html =>
  section(
    'clauses',
    `Clauses (${view.report.clauses.length})`,
    '',
    html`
<div class="scroll" role="region" aria-labelledby="clauses-title" tabindex="0">
<table class="clauses">
<caption class="vh">Clauses, their sources and how they fared</caption>
<thead><tr><th scope="col">Clause</th><th scope="col">Level, set</th><th scope="col">Quote and source</th><th scope="col">Checks</th>
<th scope="col">Result</th><th scope="col" class="n">Judged</th><th scope="col" class="n">Broken</th></tr></thead>
<tbody>${view.report.clauses.map((clause) => renderClause(view, clause))}</tbody>
</table>
</div>`,
  );
