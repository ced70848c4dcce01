import type { Provenance } from '../../../model/provenance.ts';
import type { StatusOutcome } from '../../../report/report.ts';
import type { ClauseSet, Level } from '../../../schemas/contract.ts';
import { formatInstant } from '../../shared/format.ts';
import { OUTCOME_SYMBOL, OUTCOME_WORD, PROVENANCE_WORD } from '../../shared/outcomes.ts';
import { type Html, html, type Part, trust } from '../escape.ts';

/** An outcome as sign and word. */
export const outcomeMark = (outcome: StatusOutcome): Html =>
  html`<span class="o ${outcome}">${OUTCOME_SYMBOL[outcome]} ${OUTCOME_WORD[outcome]}</span>`;

/** A tag for evidence that is not the API's own; nothing for organic evidence, which is the rule. */
export const provenanceTag = (provenance: Provenance | undefined): Html =>
  provenance === undefined || provenance === 'organic'
    ? html``
    : html` <span class="tag" title="${PROVENANCE_WORD[provenance]}">${provenance}</span>`;

/** A clause's level and set as two tags; a set that does not count says so. */
export const levelTags = (level: Level, set: ClauseSet, counted: boolean): Html =>
  html`<span class="level ${level.toLowerCase()}">${level}</span> <span class="tag">${set}${counted ? '' : ', not counted'}</span>`;

/** Statuses as text: `404`, `400 or 422`; null reads `no response`, and none at all `–`. */
export const statusText = (statuses: readonly number[] | number | null): string =>
  statuses === null ? 'no response' : [statuses].flat().join(' or ') || '–';

/** A moment in UTC; the script puts it into the reader's own zone and leaves UTC for those who point at it. */
export const timeMark = (instant: string): Html =>
  html`<time datetime="${instant}" title="${formatInstant(instant)}">${formatInstant(instant)}</time>`;

/** A part of a bar: how long, and whose colour. */
export type BarPart = { size: number; outcome: StatusOutcome | 'simulated' };

/** A bar of shares, for the eye only; the text beside it must say the same. SVG, because the policy forbids style attributes. */
export const bar = (parts: readonly BarPart[]): Html => {
  const whole = parts.reduce((sum, { size }) => sum + size, 0);
  let x = 0;
  const rects = parts.flatMap(({ size, outcome }) => {
    if (size <= 0) return [];
    const width = (size / whole) * 100;
    const rect = `<rect class="${outcome}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="1"/>`;
    x += width;
    return [rect];
  });
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${trust(rects.join(''))}</svg>`;
};

/** A section of the page with its heading and, when given, a line on how to read it. */
export const section = (id: string, title: Part, lead: Part, body: Part): Html => html`
<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${lead === '' ? '' : html`<p class="lead">${lead}</p>`}
${body}
</section>`;
