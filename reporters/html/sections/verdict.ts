import type { Report, Score } from '../../../report/report.ts';
import type { ClauseSet } from '../../../schemas/contract.ts';
import { formatCount, formatDuration, formatPlural, formatShare } from '../../shared/format.ts';
import { describeGeneration } from '../../shared/generation.ts';
import { OUTCOME_SYMBOL, VERDICT_OUTCOME, VERDICT_WORD } from '../../shared/outcomes.ts';
import { describeUnasked } from '../../shared/unasked.ts';
import { cutText } from '../../shared/visible-text.ts';
import { type Html, html, type Part, webLink } from '../escape.ts';
import type { View } from '../view.ts';
import { bar, timeMark } from './parts.ts';

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

/** Where what differs between two identical runs stands, and nothing else: `renderHtml` puts it in, as it needs the rest for it. */
export const RUN_PLACE = html`<!-- run -->`;

/** All of the page that differs between two identical runs; the script fills `ms` and `values` in where they belong. */
export const renderRun = ({ run }: Report, ms: Record<string, number>, values: Record<string, string>): Html => html`
<dl class="facts" id="run" data-ms="${JSON.stringify(ms)}" data-values="${JSON.stringify(values)}">
${fact('When', timeMark(run.startedAt))}
${fact('Duration', formatDuration(run.durationMs))}
</dl>`;

const renderFacts = ({ report, statuses }: View): Html => {
  const { target, contract } = report;
  const sum = (pick: 'provoked' | 'applicable' | 'simulated'): number =>
    statuses.reduce((total, [, record]) => total + record[pick], 0);
  const simulated = sum('simulated');
  const generation = describeGeneration(report);
  return html`<dl class="facts">
${fact('Target', webLink(target.url, html`<code>${target.url}</code>`))}
${fact('Profile', target.embedded ? `${target.profile} (embedded reference API)` : target.profile)}
${fact('Contract', `${contract.title} ${contract.version}`)}
</dl>
${RUN_PLACE}
<dl class="facts">
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

/** So many reasons are shown at the head, and so much of each; what kept the suite from its job stands in full below. */
const MOST_REASONS = 8;
const LONGEST_REASON = 200;

const renderReasons = ({ reasons }: Report): Html => html`
<ul class="reasons">${reasons.slice(0, MOST_REASONS).map((reason) => html`<li>${cutText(reason, LONGEST_REASON)}</li>`)}${
  reasons.length > MOST_REASONS ? html`<li>and ${formatPlural(reasons.length - MOST_REASONS, 'more reason')}</li>` : ''
}</ul>`;

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
${renderReasons(report)}
${
  report.errors.length === 0
    ? ''
    : html`<p class="alarm"><a href="#errors">${formatPlural(report.errors.length, 'message')}</a> on what is wrong with the run itself.</p>`
}
${describeUnasked(report).map((each) => html`<p class="alarm">${each}</p>`)}
${renderScores(report)}
</div>
<div class="facts">
${renderFacts(view)}
</div>
</div>
</header>`;
};
