import type { Outcome } from '../../../judge/finding.ts';
import type { ClauseRecord } from '../../../report/report.ts';
import type { ClauseSet } from '../../../schemas/contract.ts';
import { formatCount } from '../../shared/format.ts';
import { OUTCOME_SYMBOL } from '../../shared/outcomes.ts';
import { anchorOf, type Html, html, type Part, webLink } from '../escape.ts';
import { causeLink, traitMarks, type View } from '../view.ts';
import { levelTags, section } from './parts.ts';

/** So many causes that broke a clause are named. */
const MOST_CAUSES = 6;

const resultOf = (
  { judged, broken, excluded, level, set }: ClauseRecord,
  counts: readonly ClauseSet[],
): [outcome: Outcome, word: string] => {
  if (excluded !== undefined) return ['not-applicable', 'excluded'];
  if (judged === 0) return ['untestable', 'not judged'];
  if (broken === 0) return ['pass', 'held'];
  return [level === 'MUST' && counts.includes(set) ? 'fail' : 'warn', 'broken'];
};

const renderCauses = (view: View, id: string): Part => {
  const causes = [...view.shown].filter(({ findings }) => findings.some(({ clause }) => clause === id));
  if (causes.length === 0) return '';
  const places = [...view.shown];
  const links = causes
    .slice(0, MOST_CAUSES)
    .map((cause) => html` ${causeLink(view, cause, `no. ${places.indexOf(cause) + 1}`)}`);
  const left = causes.length - MOST_CAUSES;
  return html`<small class="causes">Findings:${links}${left > 0 ? ` and ${formatCount(left)} more` : ''}</small>`;
};

const renderClause = (view: View, clause: ClauseRecord): Html => {
  const { id, level, set, title, quote, source, checks, judged, broken, excluded } = clause;
  const where = source.section === undefined ? source.title : `${source.title}, ${source.section}`;
  const [outcome, word] = resultOf(clause, view.report.target.counts);
  return html`
<tr id="${anchorOf('clause', id)}" data-item="clause"${traitMarks(view, { outcomes: [outcome], sets: [set] })}>
<th scope="row"><a href="#${anchorOf('clause', id)}"><code>${id}</code></a></th>
<td>${levelTags(level, set, view.report.target.counts.includes(set))}</td>
<td><b>${title}</b><q>${quote}</q><small>${webLink(source.url, where)}</small></td>
<td>${excluded === undefined ? checks.map((check) => html`<code>${check}</code> `) : html`No check: ${excluded}`}</td>
<td><span class="o ${outcome}">${OUTCOME_SYMBOL[outcome]} ${word}</span>${renderCauses(view, id)}</td>
<td class="n">${formatCount(judged)}</td><td class="n">${formatCount(broken)}</td>
</tr>`;
};

/** The clauses with their sources, the checks that judge them, how they fared, and the findings that broke them. */
export const renderClauses = (view: View): Html =>
  section(
    'clauses',
    `Clauses (${view.report.clauses.length})`,
    'What must hold, where it is written, which checks judge it, and what came of it.',
    html`
<div class="scroll" role="group" aria-label="All clauses" tabindex="0">
<table class="clauses">
<caption class="vh">Clauses, their sources and how they fared</caption>
<thead><tr><th scope="col">Clause</th><th scope="col">Level, set</th><th scope="col">Quote and source</th><th scope="col">Checks</th>
<th scope="col">Result</th><th scope="col" class="n">Judged</th><th scope="col" class="n">Broken</th></tr></thead>
<tbody>${view.report.clauses.map((clause) => renderClause(view, clause))}</tbody>
</table>
</div>`,
  );
