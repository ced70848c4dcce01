import type { Flaw } from '../../../report/report.ts';
import { describeCause, describeReach } from '../../shared/causes.ts';
import { cellsOf, describeChanges, groupByCause } from '../../shared/changes.ts';
import { formatCount } from '../../shared/format.ts';
import { VERDICT_WORD } from '../../shared/outcomes.ts';
import { type Html, html, type Part } from '../escape.ts';
import { cellLink, type View } from '../view.ts';
import { levelTags, section, timeMark } from './parts.ts';
import { renderExpiring } from './waivers.ts';

/** So many places of one cause are shown. */
const MOST_PLACES = 24;

const renderPlaces = (view: View, places: readonly { operation: string; status: number }[]): Html[] => [
  ...places
    .slice(0, MOST_PLACES)
    .map(
      ({ operation, status }) => html`${cellLink(view, operation, status, html`${status} <code>${operation}</code>`)} `,
    ),
  ...(places.length > MOST_PLACES ? [html`and ${formatCount(places.length - MOST_PLACES)} more`] : []),
];

// As with findings: a SHOULD counts for its set, though it never decides the verdict.
const tagsOf = ({ report }: View, { level, set, counted }: Flaw): Html =>
  levelTags(level, set, counted || (level !== 'MUST' && report.target.counts.includes(set)));

const renderList = (view: View, flaws: readonly Flaw[]): Html => html`
<ul class="groups">${groupByCause(flaws).map(
  ({ head, flaws: own, findings, operations }) =>
    html`<li>${tagsOf(view, head)} <code>${head.check}</code> <span>${describeCause(head)}; ${describeReach(findings, operations)}: ${renderPlaces(view, cellsOf(own))}</span></li>`,
)}</ul>`;

const renderFlaws = (view: View, title: string, flaws: readonly Flaw[]): Part =>
  flaws.length === 0
    ? ''
    : html`<h3>${title} <small>${groupByCause(flaws).length}</small></h3>${renderList(view, flaws)}`;

/** Folded: what was there yesterday is no news, and stands among the findings. */
const renderOld = (view: View, title: string, flaws: readonly Flaw[]): Part =>
  flaws.length === 0
    ? ''
    : html`<details class="plain"><summary>${title} <small>${groupByCause(flaws).length}</small></summary>${renderList(view, flaws)}</details>`;

/** What changed since the baseline; left out when there is none. */
export const renderChanges = (view: View): Part => {
  const { changes } = view.report;
  if (changes === undefined) return '';
  return section(
    'changes',
    'What changed',
    html`${describeChanges(changes)} since ${timeMark(changes.since)}; the verdict then was ${VERDICT_WORD[changes.verdict].toLowerCase()}.`,
    [
      changes.note === undefined ? '' : html`<p>${changes.note}</p>`,
      renderFlaws(view, 'New', changes.new),
      renderFlaws(view, 'First seen: nobody looked before', changes.firstSeen),
      renderFlaws(view, 'Fixed', changes.fixed),
      changes.lost.length === 0
        ? ''
        : html`<h3>No longer tested <small>${changes.lost.length}</small></h3>
<ul class="groups">${changes.lost.map(
            (place) => html`<li><span>${renderPlaces(view, [place])}</span> ${place.reason}</li>`,
          )}</ul>`,
      renderExpiring(view),
      renderOld(view, 'Still there', changes.still),
      renderOld(view, 'Waived', changes.waived ?? []),
    ],
  );
};
