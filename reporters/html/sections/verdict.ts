import type { Report, Score } from '../../../engine/report.ts';
import type { ClauseSet } from '../../../schemas/contract.ts';
import { formatCount, formatDuration, formatInstant, formatPlural, formatShare } from '../../shared/format.ts';
import { describeGeneration } from '../../shared/generation.ts';
import { OUTCOME_SYMBOL, VERDICT_OUTCOME, VERDICT_WORD } from '../../shared/outcomes.ts';
import { type Html, html, type Part, webLink } from '../escape.ts';
import type { View } from '../view.ts';
import { bar } from './parts.ts';

const fact = (name: string, value: Part): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const renderScore = (set: ClauseSet, { held, judged }: Score, counted: boolean): Html => html`
<tr><th scope="row">${set}</th>
<td>${bar([
  { size: held, outcome: 'pass' },
  { size: judged - held, outcome: counted ? 'fail' : 'warn' },
])}</td>
<td class="n">${formatCount(held)} / ${formatCount(judged)}</td>
<td class="n">${formatShare(held, judged)}</td>
<td>${counted ? 'counts' : 'does not count'}</td></tr>`;

const renderScores = ({ scores, target }: Report): Html => html`
<table class="scores">
<caption>Score: MUST clauses held, of those judged</caption>
<thead><tr><th scope="col">Set</th><th scope="col"><span class="vh">Share</span></th><th scope="col" class="n">Held / judged</th>
<th scope="col" class="n">Share</th><th scope="col">Verdict</th></tr></thead>
<tbody>${(Object.entries(scores) as [ClauseSet, Score][]).map(([set, score]) =>
  renderScore(set, score, target.counts.includes(set)),
)}</tbody>
</table>`;

const renderFacts = ({ report, statuses }: View): Html => {
  const { run, target, contract } = report;
  const sum = (pick: 'provoked' | 'applicable' | 'simulated'): number =>
    statuses.reduce((total, [, record]) => total + record[pick], 0);
  const simulated = sum('simulated');
  const generation = describeGeneration(report);
  return html`<dl class="facts">
${fact('Target', webLink(target.url, html`<code>${target.url}</code>`))}
${fact('Profile', target.embedded ? `${target.profile} (embedded reference API)` : target.profile)}
${fact('Contract', `${contract.title} ${contract.version}`)}
${fact('When', html`<time datetime="${run.startedAt}">${formatInstant(run.startedAt)}</time>`)}
${fact('Duration', formatDuration(run.durationMs))}
${fact('Exchanges', formatCount(report.exchanges))}
${fact(
  'Cells provoked',
  `${formatCount(sum('provoked'))} of ${formatCount(sum('applicable'))} applicable${
    simulated === 0 ? '' : `, ${formatCount(simulated)} more simulated`
  }`,
)}
${generation === undefined ? '' : fact('Generated', generation)}
${fact('Allowed', `${target.allow.join(', ') || 'nothing'}${target.faults === undefined ? '' : `; faults by ${target.faults}`}`)}
</dl>`;
};

/** The headline: the verdict in one word, why, of what, when, and the score of each clause set. */
export const renderVerdict = (view: View): Html => {
  const { report } = view;
  const outcome = VERDICT_OUTCOME[report.verdict];
  return html`
<header class="masthead ${outcome}">
<p class="kicker">Error contract report · ${report.contract.title}</p>
<h1><span class="sign" aria-hidden="true">${OUTCOME_SYMBOL[outcome]}</span> ${VERDICT_WORD[report.verdict]}</h1>
<div class="columns">
<div>
<ul class="reasons">${report.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
${
  report.errors.length === 0
    ? ''
    : html`<p class="alarm"><a href="#errors">${formatPlural(report.errors.length, 'message')}</a> on what kept the suite from doing its job.</p>`
}
${renderScores(report)}
</div>
${renderFacts(view)}
</div>
</header>`;
};
