import type { CellRecord } from '../../../judge/finding.ts';
import { cellKey } from '../../../plan/cell-key.ts';
import { formatCount, formatPlural } from '../../shared/format.ts';
import { type Html, html, type Part } from '../escape.ts';
import { causeLink, cellAnchor, setsOf, traitMarks, type View } from '../view.ts';
import { nameCounts, renderCases, roomForCases } from './cases.ts';
import { renderExchange } from './exchange.ts';
import { outcomeMark, provenanceTag, section } from './parts.ts';

// There may be two hundred samples in a file that must stay below a megabyte.
const SAMPLE_LIMIT = 1024;
const MOST_SAMPLES = 400;

/** So many causes of a cell are named, where its cases cannot all be shown with theirs. */
const MOST_CAUSES = 12;

/** What there is room for: so many cases in each cell, and the cells with a sample. */
type Room = { cases: number; samples: ReadonlySet<CellRecord> };

const renderSample = (view: View, sample: number | undefined): Part => {
  const evidence = sample === undefined ? undefined : view.report.evidence[sample];
  if (evidence === undefined) return '';
  const { response, failure } = evidence.exchange;
  const label =
    response === undefined ? `no response (${failure?.kind ?? 'unknown'})` : `${response.status} ${response.reason}`;
  return html`<details class="plain"><summary>Sample answer: ${label}</summary>${renderExchange(view, sample, SAMPLE_LIMIT)}</details>`;
};

const probesText = ({ sent, broken, statuses }: NonNullable<CellRecord['probes']>): string => {
  const got = Object.entries(statuses).map(([status, count]) => `${status} × ${count}`);
  const found = broken === 0 ? 'none of them broke anything' : `${formatPlural(broken, 'request')} broke something`;
  return `Also ${formatPlural(sent, 'generated request')}: ${found} (${got.join(', ')}).`;
};

const renderCauses = (view: View, { operation, status }: CellRecord): Part => {
  const causes = view.causesAt.get(cellKey(operation, status)) ?? [];
  if (causes.length === 0) return '';
  const links = causes
    .slice(0, MOST_CAUSES)
    .map((cause, index) => html`${index === 0 ? '' : ', '}${causeLink(view, cause, cause.head.check)}`);
  const left = causes.length - MOST_CAUSES;
  return html`<p>Causes: ${links}${left > 0 ? ` and ${formatCount(left)} more` : ''}</p>`;
};

const renderCell = (view: View, cell: CellRecord, room: Room): Html => {
  const { operation, status, outcome, counts, provenance, reason, probes, sample } = cell;
  const named = nameCounts(counts);
  const parts = named.includes(',') ? `: ${named}` : '';
  const tally = counts.total === 0 ? 'no case' : `${formatPlural(counts.total, 'case')}${parts}`;
  const traits = {
    outcomes: [outcome],
    statuses: [status],
    operations: [operation],
    sets: setsOf(view, operation, status),
  };
  const open = outcome === 'fail' || outcome === 'warn' || outcome === 'error';
  return html`
<details class="cell ${outcome}" data-item="cell"${traitMarks(view, traits)}${open ? html` open` : ''}>
<summary>${outcomeMark(outcome)} <b>${status}</b> <span>${view.report.statuses[status]?.name}</span> <span class="vh">${operation}</span><small>${tally}${provenanceTag(provenance)}${reason === undefined ? '' : html` · ${reason}`}</small></summary>
<div id="${cellAnchor(operation, status)}">
${probes === undefined ? '' : html`<p>${probesText(probes)}</p>`}
${cell.cases.length > room.cases ? renderCauses(view, cell) : ''}
${renderCases(view, cell, room.cases)}
${room.samples.has(cell) ? renderSample(view, sample) : ''}
</div>
</details>`;
};

const renderOperation = (view: View, id: string, cells: readonly CellRecord[], room: Room): Part => {
  if (cells.length === 0) return '';
  const named = view.report.operations[view.operations.get(id) ?? -1];
  return html`
<div class="operation" data-group>
<h3><code>${id}</code>${named === undefined ? '' : html` <small><b>${named.method}</b> ${named.path} · ${named.summary}</small>`}</h3>
${cells.map((cell) => renderCell(view, cell, room))}
</div>`;
};

/** Every cell with its cases and a sample answer, by operation; cells that pass or were not tested are folded. */
export const renderCells = (view: View): Html => {
  const shown = view.report.cells.filter(({ outcome }) => outcome !== 'not-applicable');
  const room = { cases: roomForCases(view), samples: new Set(shown.slice(0, MOST_SAMPLES)) };
  const operations = [...view.operations.keys()];
  return section(
    'cells',
    `Cells (${shown.length})`,
    'All cases by operation and status, each cell with one answer to show its shape.',
    [
      html`<p class="fold" hidden><button type="button" data-fold="open">Open all</button> <button type="button" data-fold="">Fold all</button></p>`,
      operations.map((id) =>
        renderOperation(
          view,
          id,
          shown.filter(({ operation }) => operation === id),
          room,
        ),
      ),
    ],
  );
};
