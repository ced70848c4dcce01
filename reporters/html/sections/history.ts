import { nightOf } from '../../../report/history.ts';
import type { Night } from '../../../report/report.ts';
import type { ClauseSet } from '../../../schemas/contract.ts';
import { formatCount, formatInstant, formatPlural, formatShare } from '../../shared/format.ts';
import { OUTCOME_SYMBOL, VERDICT_OUTCOME, VERDICT_WORD } from '../../shared/outcomes.ts';
import { type Html, html, type Part } from '../escape.ts';
import type { View } from '../view.ts';
import { section, timeMark } from './parts.ts';
import { renderKey, renderTrend, TREND_SETS } from './trend.ts';

const SETS = [...TREND_SETS].reverse();

const shareText = ({ scores }: Night, set: ClauseSet): string => formatShare(scores[set].held, scores[set].judged);

const renderRow = (night: Night): Html => {
  const outcome = VERDICT_OUTCOME[night.verdict];
  const { provoked, failing, untestable, findings, waived } = night.counts;
  return html`
<tr><th scope="row">${timeMark(night.startedAt)}</th><td class="w"><span class="o ${outcome}">${OUTCOME_SYMBOL[outcome]} ${VERDICT_WORD[night.verdict]}</span></td>
${SETS.map((set) => html`<td class="n">${shareText(night, set)}</td>`)}
${[provoked, failing, untestable, findings, waived].map((count) => html`<td class="n">${formatCount(count)}</td>`)}</tr>`;
};

const renderTable = (nights: readonly Night[]): Html => html`
<details class="plain"><summary>The same as a table</summary>
<div class="scroll" role="group" aria-label="Runs as a table" tabindex="0"><table class="sheet">
<caption>Runs on this target, the newest first</caption>
<thead><tr><th scope="col">When</th><th scope="col">Verdict</th>${SETS.map((set) => html`<th scope="col" class="n">${set}</th>`)}
<th scope="col" class="n">Cells provoked</th><th scope="col" class="n">failing</th><th scope="col" class="n">untested</th><th scope="col" class="n">Findings</th><th scope="col" class="n">waived</th></tr></thead>
<tbody>${[...nights].reverse().map(renderRow)}</tbody>
</table></div></details>`;

/** In words what the picture shows: where it began, and where it is now. */
const describeTrend = (nights: readonly Night[]): string => {
  const [first, last] = [nights[0], nights.at(-1)];
  if (first === undefined || last === undefined) return '';
  const scores = SETS.map((set) => `${set} ${shareText(first, set)}, now ${shareText(last, set)}`).join('; ');
  return `MUSTs held since ${formatInstant(first.startedAt)}: ${scores}.`;
};

/** How the scores and the verdict went from run to run; left out when no earlier reports were named. */
export const renderHistory = (view: View): Part => {
  const { history } = view.report;
  if (history === undefined) return '';
  const nights = [...history.nights, nightOf(view.report)];
  const left = [
    ...(history.others > 0 ? [`${formatPlural(history.others, 'report')} about something else`] : []),
    ...(history.skipped > 0 ? [`${formatPlural(history.skipped, 'file that is', 'files that are')} no report`] : []),
  ];
  return section(
    'history',
    `History (${formatPlural(nights.length, 'run')})`,
    `MUSTs held of those judged, and the verdict, run by run, the newest at the right.${
      left.length === 0 ? '' : ` Left out: ${left.join(', ')}.`
    }`,
    [
      html`<figure class="history"><figcaption>${SETS.map((set) => html`<span>${renderKey(set)} ${set} ${shareText(nightOf(view.report), set)}</span>`)}</figcaption>
<div class="scroll" role="group" aria-label="Runs as a picture" tabindex="0">${renderTrend(nights, describeTrend(nights))}</div></figure>`,
      renderTable(nights),
    ],
  );
};
