import type { Finding } from '../../../judge/finding.ts';
import type { WaiverRecord } from '../../../report/waiver.ts';
import { formatCount } from '../../shared/format.ts';
import {
  describePattern,
  describeWaived,
  describeWaivers,
  expiringWaivers,
  WAIVER_STATE_OUTCOME,
  WAIVER_STATE_WORD,
} from '../../shared/waivers.ts';
import { anchorOf, type Html, html, type Part, webLink } from '../escape.ts';
import { cellLink, type View } from '../view.ts';
import { section } from './parts.ts';

const waiverAnchor = (index: number): string => anchorOf('waiver', String(index + 1));

/** A tag for findings that are waived, all or some of them, which leads to the waiver; nothing for the rest. */
export const waivedTag = (findings: readonly Finding[]): Part => {
  const index = findings.find(({ waived }) => waived !== undefined)?.waived;
  return index === undefined
    ? ''
    : html` <a class="tag" href="#${waiverAnchor(index)}">${describeWaived(findings)}</a>`;
};

const renderMatched = (view: View, { findings, cells }: WaiverRecord): Part =>
  findings === 0
    ? '–'
    : html`<details class="plain"><summary>${formatCount(findings)}</summary>${cells.map(
        ({ operation, status }) =>
          html`${cellLink(view, operation, status, html`${status} <code>${operation}</code>`)} `,
      )}</details>`;

const renderRow = (view: View, waiver: WaiverRecord, index: number): Html => html`
<tr id="${waiverAnchor(index)}">
<td class="w"><span class="o ${WAIVER_STATE_OUTCOME[waiver.state]}">${WAIVER_STATE_WORD[waiver.state]}</span></td>
<td>${describePattern(waiver)}${waiver.intermittent ? html` <span class="tag">intermittent</span>` : ''}<small><code>${waiver.file}:${waiver.lines[0]}</code></small></td>
<td>${waiver.reason}${waiver.problem === undefined ? '' : html`<p class="oddities">${waiver.problem}</p>`}</td>
<td>${waiver.owner}<small>${webLink(waiver.issue, waiver.issue)}</small></td>
<td class="w">${waiver.expires}${waiver.soon ? html`<small><span class="tag">about to expire</span></small>` : ''}</td>
<td>${renderMatched(view, waiver)}</td>
</tr>`;

/** The waivers and what became of each; left out when there are none. */
export const renderWaivers = (view: View): Part => {
  const { waivers = [] } = view.report;
  if (waivers.length === 0) return '';
  return section(
    'waivers',
    `Waivers (${formatCount(waivers.length)})`,
    `${describeWaivers(view.report)}. What is waived is shown and decides nothing; the scores still count it as broken.`,
    html`
<div class="scroll" role="group" aria-label="All waivers" tabindex="0"><table class="sheet waivers">
<caption class="vh">Waivers, on whose word they stand, and what became of each</caption>
<thead><tr><th scope="col">State</th><th scope="col">Finding</th><th scope="col">Reason</th><th scope="col">Owner, issue</th><th scope="col">Last day</th><th scope="col">Matched</th></tr></thead>
<tbody>${waivers.map((waiver, index) => renderRow(view, waiver, index))}</tbody>
</table></div>`,
  );
};

/** The waivers that are about to expire, as a part of what changed. */
export const renderExpiring = (view: View): Part => {
  const soon = expiringWaivers(view.report);
  const waivers = view.report.waivers ?? [];
  return soon.length === 0
    ? ''
    : html`<h3>Waivers about to expire <small>${soon.length}</small></h3>
<ul class="groups">${soon.map(
        (waiver) =>
          html`<li><a href="#${waiverAnchor(waivers.indexOf(waiver))}">${waiver.expires}</a> ${describePattern(waiver)} · ${waiver.owner} · ${webLink(waiver.issue, waiver.issue)}</li>`,
      )}</ul>`;
};
