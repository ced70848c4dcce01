import type { CellRecord } from '../../../judge/finding.ts';
import { cellKey } from '../../../plan/cell-key.ts';
import type { Report } from '../../../report/report.ts';
import { OUTCOME_SYMBOL, OUTCOME_WORD } from '../../shared/outcomes.ts';
import { type Html, html } from '../escape.ts';
import { cellAnchor, setsOf, traitMarks, type View } from '../view.ts';
import { section } from './parts.ts';

type Operation = Report['operations'][number];

const sumUp = ({ counts, reason }: CellRecord): string => {
  const named = (['pass', 'warn', 'fail', 'untestable', 'error'] as const).filter((outcome) => counts[outcome] > 0);
  const cases = named.map((outcome) => `${counts[outcome]} ${OUTCOME_WORD[outcome]}`).join(', ');
  return [cases, reason ?? ''].filter((text) => text !== '').join(': ');
};

// A cell with simulated evidence only is untested like others without any, but the reader shall see that there is some.
const wordOf = ({ outcome, provenance }: CellRecord): string =>
  provenance === undefined || provenance === 'organic' ? OUTCOME_WORD[outcome] : provenance;

const renderCell = (view: View, cell: CellRecord | undefined): Html => {
  if (cell === undefined) return html`<td class="not-applicable" title="not in the report">–</td>`;
  if (cell.outcome === 'not-applicable') {
    const reason = cell.reason ?? 'not applicable';
    return html`<td class="not-applicable" title="${reason}"><span aria-hidden="true">–</span><span class="vh">n/a: ${reason}</span></td>`;
  }
  const { operation, status, outcome } = cell;
  return html`<td class="${outcome}"${traitMarks(view, { outcomes: [outcome], statuses: [status], sets: setsOf(view, operation, status) })}><a href="#${cellAnchor(operation, status)}" title="${sumUp(cell)}">${OUTCOME_SYMBOL[outcome]} ${wordOf(cell)}</a></td>`;
};

const renderRow = (view: View, { id, method, path, summary }: Operation): Html => {
  const cells = view.statuses.map(([status]) => view.cells.get(cellKey(id, status)));
  const outcomes = new Set(cells.map((cell) => cell?.outcome ?? 'not-applicable'));
  const live = view.statuses.filter((_, index) => (cells[index]?.outcome ?? 'not-applicable') !== 'not-applicable');
  const traits = {
    outcomes: [...outcomes],
    statuses: live.map(([status]) => status),
    operations: [id],
    sets: live.flatMap(([status]) => setsOf(view, id, status)),
  };
  return html`<tr data-item="row"${traitMarks(view, traits)}>
<th scope="row" title="${method} ${path}: ${summary}"><code>${id}</code> <small><b>${method}</b> ${path}</small></th>${cells.map((cell) => renderCell(view, cell))}</tr>`;
};

/** The operation × status matrix, rows grouped by tag; each tested cell leads to its cases. */
export const renderMatrix = (view: View): Html => {
  const { report, statuses } = view;
  const tags = [...new Set(report.operations.map(({ tag }) => tag))];
  const columns = statuses.map(
    ([status, { name }]) => html`<th scope="col" title="${name}"><b>${status}</b> <small>${name}</small></th>`,
  );
  const groups = tags.map(
    (tag) => html`
<tbody data-group><tr class="group"><th scope="rowgroup" colspan="${statuses.length + 1}"><span>${tag}</span></th></tr>
${report.operations.filter((operation) => operation.tag === tag).map((operation) => renderRow(view, operation))}
</tbody>`,
  );
  return section(
    'matrix',
    'Operations × statuses',
    html`✓ pass · ! warn: a SHOULD, or a MUST that does not count, is broken · ✗ fail: a counted MUST is broken · ? untested: not provoked · ⊘ error: the suite could not do its job · – not applicable`,
    html`
<div class="scroll" role="group" aria-label="The matrix" tabindex="0">
<table class="matrix">
<caption class="vh">Outcome of each operation and status</caption>
<thead><tr><th scope="col">Operation</th>${columns}</tr></thead>
${groups}
</table>
</div>`,
  );
};
