import type { Flaw } from '../../../engine/report.ts';
import { describeChanges, groupByCheck } from '../../shared/changes.ts';
import { VERDICT_WORD } from '../../shared/outcomes.ts';
import { type Html, html, type Part } from '../escape.ts';
import { cellLink, type View } from '../view.ts';
import { levelTags, section } from './parts.ts';
import { renderExpiring } from './waivers.ts';

const renderPlaces = (view: View, places: readonly { operation: string; status: number }[]): Html[] =>
  places.map(
    ({ operation, status }) => html`${cellLink(view, operation, status, html`${status} <code>${operation}</code>`)} `,
  );

const renderFlaws = (view: View, title: string, flaws: readonly Flaw[]): Part =>
  flaws.length === 0
    ? ''
    : html`<h3>${title} <small>${flaws.length}</small></h3>
<ul class="groups">${groupByCheck(flaws).map(
        ({ head, places }) =>
          html`<li>${levelTags(head.level, head.set, head.counted)} <code>${head.check}</code> <span>${renderPlaces(view, places)}</span></li>`,
      )}</ul>`;

/** What changed since the baseline; left out when there is none. */
export const renderChanges = (view: View): Part => {
  const { changes } = view.report;
  if (changes === undefined) return '';
  return section(
    'changes',
    'What changed',
    `${describeChanges(changes)}; the verdict then was ${VERDICT_WORD[changes.verdict].toLowerCase()}.`,
    [
      renderFlaws(view, 'New', changes.new),
      renderFlaws(view, 'Fixed', changes.fixed),
      changes.lost.length === 0
        ? ''
        : html`<h3>No longer tested <small>${changes.lost.length}</small></h3>
<ul class="groups">${changes.lost.map(
            (place) => html`<li><span>${renderPlaces(view, [place])}</span> ${place.reason}</li>`,
          )}</ul>`,
      renderFlaws(view, 'Still there', changes.still),
      renderFlaws(view, 'Waived', changes.waived ?? []),
      renderExpiring(view),
    ],
  );
};
