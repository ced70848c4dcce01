import type { CellRecord, Untestable } from '../../../judge/finding.ts';
import type { Report } from '../../../report/report.ts';
import { formatPlural } from '../../shared/format.ts';
import { groupByReason, type ReasonGroup } from '../../shared/reasons.ts';
import { type Html, html } from '../escape.ts';
import { cellLink, traitMarks, type View } from '../view.ts';
import { section } from './parts.ts';

type Place = { operation: string; status: number };

const renderPlaces = (view: View, places: readonly Place[]): Html[] =>
  [...new Set(places.map(({ status }) => status))]
    .sort((a, b) => a - b)
    .map((status) => {
      const found = places.filter((place) => place.status === status);
      const links = found.map(
        ({ operation }) => html`${cellLink(view, operation, status, html`<code>${operation}</code>`)} `,
      );
      // Twenty names say less than one word, and each cell is a step away in the matrix.
      const all = found.length > 1 && found.length === view.report.statuses[status]?.applicable;
      return html`<p class="places"><b>${status}</b><span>${all ? 'every operation where it can occur' : links}</span></p>`;
    });

const renderGroup = (view: View, { reason, items }: ReasonGroup<Untestable>): Html => html`
<li data-item="reason"${traitMarks(view, {
  outcomes: ['untestable'],
  statuses: items.map(({ status }) => status),
  operations: items.map(({ operation }) => operation),
})}>
<h3>${reason} <small>${formatPlural(items.length, 'cell')}</small></h3>
${renderPlaces(view, items)}
</li>`;

const renderNotApplicable = (view: View, cells: readonly CellRecord[]): Html => {
  const groups = groupByReason(cells, ({ reason }) => reason ?? 'no reason given');
  return html`
<details class="plain"><summary>Not applicable: ${formatPlural(cells.length, 'cell')} where the error cannot occur</summary>
<ul class="groups">${groups.map(
    ({ reason, items }) =>
      html`<li><h3>${reason} <small>${formatPlural(items.length, 'cell')}</small></h3>${renderPlaces(view, items)}</li>`,
  )}</ul>
</details>`;
};

const renderUnanswered = (unanswered: NonNullable<Report['unanswered']>): Html => html`
<details class="plain"><summary>No documented answer: ${formatPlural(unanswered.length, 'condition')} that nobody can judge</summary>
<ul class="groups">${unanswered.map(
  ({ condition, means, operations }) =>
    html`<li><h3>${condition}: ${means} <small>${formatPlural(operations.length, 'operation')}</small></h3>
<p class="places">${operations.map((operation) => html`<code>${operation}</code> `)}</p></li>`,
)}</ul>
</details>`;

/** What was documented and not provoked, grouped by what is missing; below it, what cannot occur at all. */
export const renderNotTested = (view: View): Html => {
  const { untestable, unanswered, cells } = view.report;
  const excluded = cells.filter(({ outcome }) => outcome === 'not-applicable');
  const groups = groupByReason(untestable, ({ reason }) => reason);
  return section(
    'not-tested',
    `Not tested (${untestable.length})`,
    untestable.length === 0
      ? 'Every error that the contract names was provoked wherever it can occur.'
      : 'Documented, but not provoked: nothing is known about these, good or bad.',
    [
      html`<ul class="groups">${groups.map((group) => renderGroup(view, group))}</ul>`,
      unanswered ? renderUnanswered(unanswered) : '',
      excluded.length === 0 ? '' : renderNotApplicable(view, excluded),
    ],
  );
};
