import type { CaseRecord, CellRecord, Report } from '../../../engine/report.ts';
import { formatPlural } from '../../shared/format.ts';
import { OUTCOME_SYMBOL, OUTCOME_WORD } from '../../shared/outcomes.ts';
import { anchorOf, type Html, html, type Part } from '../escape.ts';
import { cellAnchor, cellKey, clusterLink, type View } from '../view.ts';
import { renderExchange } from './exchange.ts';
import { outcomeMark, provenanceTag, section, statusText } from './parts.ts';

// There may be two hundred samples in a file that must stay below a megabyte.
const SAMPLE_LIMIT = 1024;

const renderReason = (view: View, { reason, controls }: CaseRecord, cell: CellRecord): Part => {
  const broken = controls.filter((id) => view.controls.get(id)?.held === false);
  const links = broken.map((id) => html` <a href="#${anchorOf('control', id)}">control <code>${id}</code></a>`);
  // A reason that the whole cell shares stands in its summary once.
  return html`${reason === cell.reason ? '' : reason}${links}`;
};

const renderCase = (view: View, record: CaseRecord, cell: CellRecord): Html => html`
<tr class="${record.outcome}"><td><code>${record.id}</code></td><td>${record.provocation}${provenanceTag(record.provenance)}</td><td>${statusText(record.expected)}</td><td>${record.actual ?? '–'}</td><td class="w">${OUTCOME_SYMBOL[record.outcome]} ${OUTCOME_WORD[record.outcome]}</td><td>${renderReason(view, record, cell)}</td></tr>`;

const renderSample = (view: View, sample: number | undefined): Part => {
  const evidence = sample === undefined ? undefined : view.report.evidence[sample];
  if (evidence === undefined) return '';
  const { response, failure } = evidence.exchange;
  const label =
    response === undefined ? `no response (${failure?.kind ?? 'unknown'})` : `${response.status} ${response.reason}`;
  return html`<details class="plain"><summary>Sample answer: ${label}</summary>${renderExchange(evidence.exchange, SAMPLE_LIMIT, '')}</details>`;
};

const probesText = ({ sent, broken, statuses }: NonNullable<CellRecord['probes']>): string => {
  const got = Object.entries(statuses).map(([status, count]) => `${status} × ${count}`);
  const found = broken === 0 ? 'none of them broke anything' : `${formatPlural(broken, 'request')} broke something`;
  return `Also ${formatPlural(sent, 'generated request')}: ${found} (${got.join(', ')}).`;
};

const renderCell = (view: View, cell: CellRecord): Html => {
  const { operation, status, outcome, counts, provenance, reason, probes } = cell;
  const named = (['fail', 'error', 'warn', 'untestable', 'pass'] as const).filter((name) => counts[name] > 0);
  const causes = view.clusters.filter(({ operations }) =>
    operations.some(({ id, statuses }) => id === operation && statuses.includes(status)),
  );
  const parts = named.length > 1 ? `: ${named.map((name) => `${counts[name]} ${OUTCOME_WORD[name]}`).join(', ')}` : '';
  const tally = counts.total === 0 ? 'no case' : `${formatPlural(counts.total, 'case')}${parts}`;
  const open = outcome === 'fail' || outcome === 'warn' || outcome === 'error';
  return html`
<details class="cell ${outcome}" data-item="cell" data-o="${outcome}" data-s="${status}"${open ? html` open` : ''}>
<summary>${outcomeMark(outcome)} <b>${status}</b> <span>${view.report.statuses[status]?.name}</span> <span class="vh">${operation}</span><small>${tally}${provenanceTag(provenance)}${reason === undefined ? '' : html` · ${reason}`}</small></summary>
<div id="${cellAnchor(operation, status)}">
${probes === undefined ? '' : html`<p>${probesText(probes)}</p>`}
${causes.length === 0 ? '' : html`<p>Causes: ${causes.map((cluster, index) => html`${index === 0 ? '' : ', '}${clusterLink(cluster, cluster.head.check)}`)}</p>`}
${
  cell.cases.length === 0
    ? html`<p>No case was sent.</p>`
    : html`<div class="scroll"><table class="cases"><caption class="vh">Cases of ${operation} × ${status}</caption>
<thead><tr><th scope="col">Case</th><th scope="col">Provocation</th><th scope="col">Expected</th><th scope="col">Actual</th><th scope="col">Outcome</th><th scope="col">Reason</th></tr></thead>
<tbody>${cell.cases.map((record) => renderCase(view, record, cell))}</tbody></table></div>`
}
${renderSample(view, cell.sample)}
</div>
</details>`;
};

const renderOperation = (view: View, id: string, named: Report['operations'][number] | undefined): Part => {
  const cells = view.report.cells.filter(({ operation, outcome }) => operation === id && outcome !== 'not-applicable');
  if (cells.length === 0) return '';
  return html`
<div class="operation" data-group>
<h3><code>${id}</code>${named === undefined ? '' : html` <small><b>${named.method}</b> ${named.path} · ${named.summary}</small>`}</h3>
${cells.map((cell) => renderCell(view, view.cells.get(cellKey(cell.operation, cell.status)) ?? cell))}
</div>`;
};

/** Every cell with its cases and a sample answer, by operation; cells that pass or were not tested are folded. */
export const renderCells = (view: View): Html => {
  const { operations, cells } = view.report;
  const named = new Map(operations.map((operation) => [operation.id, operation]));
  const ids = new Set([...named.keys(), ...cells.map(({ operation }) => operation)]);
  const shown = cells.filter(({ outcome }) => outcome !== 'not-applicable').length;
  return section(
    'cells',
    `Cells (${shown})`,
    'All cases by operation and status, each cell with one answer to show its shape.',
    [
      html`<p class="fold" hidden><button type="button" data-fold="open">Open all</button> <button type="button" data-fold="">Fold all</button></p>`,
      [...ids].map((id) => renderOperation(view, id, named.get(id))),
    ],
  );
};
