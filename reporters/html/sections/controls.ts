import type { ControlRecord } from '../../../judge/finding.ts';
import { formatPlural } from '../../shared/format.ts';
import { anchorOf, type Html, html, type Part } from '../escape.ts';
import type { View } from '../view.ts';
import { renderExchange } from './exchange.ts';
import { section, statusText } from './parts.ts';

const EXCHANGE_LIMIT = 1024;

const renderRow = ({ id, title, operation, held, expected, actual, reason }: ControlRecord): Html => html`
<tr id="${anchorOf('control', id)}"><th scope="row"><code>${id}</code></th><td>${title}</td><td><code>${operation}</code></td><td>${expected}</td><td>${actual ?? '–'}</td>
<td class="w"><span class="o ${held ? 'pass' : 'fail'}">${held ? '✓ held' : '✗ not held'}</span></td><td>${reason}</td></tr>`;

const renderTable = (caption: string, controls: readonly ControlRecord[]): Html => html`
<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table class="sheet"><caption>${caption}</caption>
<thead><tr><th scope="col">Control</th><th scope="col">Title</th><th scope="col">Operation</th><th scope="col">Required</th><th scope="col">Actual</th><th scope="col">Result</th><th scope="col">Reason</th></tr></thead>
<tbody>${controls.map(renderRow)}</tbody></table></div>`;

const renderEvidence = (view: View, { id, actual, evidence }: ControlRecord): Part =>
  evidence === undefined
    ? ''
    : html`<details class="plain"><summary>What <code>${id}</code> got: ${statusText(actual)}</summary>${renderExchange(view, evidence, EXCHANGE_LIMIT)}</details>`;

/** The controls: those that did not hold with what came instead, then those that held, folded. */
export const renderControls = (view: View): Html => {
  const { controls } = view.report;
  const broken = controls.filter(({ held }) => !held);
  const held = controls.filter((control) => control.held);
  return section(
    'controls',
    `Controls (${held.length} of ${controls.length} held)`,
    'The same request without the fault. An error counts only when its control held: it shows that the error has the cause we claim.',
    [
      broken.length === 0
        ? ''
        : renderTable(formatPlural(broken.length, 'control did not hold', 'controls did not hold'), broken),
      broken.map((control) => renderEvidence(view, control)),
      held.length === 0
        ? ''
        : html`<details class="plain"><summary>${formatPlural(held.length, 'control held', 'controls held')}</summary>${renderTable('Controls that held', held)}</details>`,
    ],
  );
};
