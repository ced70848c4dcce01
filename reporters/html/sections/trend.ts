import type { Night } from '../../../report/report.ts';
import type { ClauseSet } from '../../../schemas/contract.ts';
import { formatInstant } from '../../shared/format.ts';
import { OUTCOME_SYMBOL, VERDICT_OUTCOME, VERDICT_WORD } from '../../shared/outcomes.ts';
import { type Html, html, type Part } from '../escape.ts';

/** The sets in the order in which their lines are drawn; each has a dash of its own, so that colour is not all there is. */
export const TREND_SETS: readonly ClauseSet[] = ['hygiene', 'http', 'contract'];

// In units of the picture, which is scaled to the page.
const [WIDTH, HEIGHT] = [720, 170];
const FIELD = { left: 44, right: 708, top: 12, bottom: 118 };

/** The share of MUSTs that held, from 0 to 1; undefined where none was judged. */
const shareOf = ({ scores }: Night, set: ClauseSet): number | undefined =>
  scores[set].judged === 0 ? undefined : scores[set].held / scores[set].judged;

/** The least share that the picture shows: tens of percent, and a tenth at least, because scores move near the top. */
const floorOf = (nights: readonly Night[]): number => {
  const shares = nights.flatMap((night) => TREND_SETS.map((set) => shareOf(night, set) ?? 1));
  return Math.min(0.9, Math.floor(Math.min(...shares) * 10) / 10);
};

const places = (nights: readonly Night[]): number[] => {
  const step = nights.length > 1 ? (FIELD.right - FIELD.left - 24) / (nights.length - 1) : 0;
  return nights.map((_, index) => FIELD.right - 12 - (nights.length - 1 - index) * step);
};

type Scale = { x: readonly number[]; y: (share: number) => number };

const renderLine = (nights: readonly Night[], set: ClauseSet, { x, y }: Scale): Html => {
  const points = nights.map((night, index) => {
    const share = shareOf(night, set);
    return share === undefined ? undefined : `${(x[index] ?? 0).toFixed(1)} ${y(share).toFixed(1)}`;
  });
  // A night that judged nothing is a gap.
  const path = points.map((point, index) => point && `${points[index - 1] === undefined ? 'M' : 'L'}${point}`);
  return html`<path class="line ${set}" d="${path.filter(Boolean).join(' ')}"/>
<path class="dots ${set}" d="${points.flatMap((point) => (point ? [`M${point}h0`] : [])).join(' ')}"/>`;
};

const renderGrid = (floor: number, y: Scale['y']): Html[] =>
  [1, (1 + floor) / 2, floor].map(
    (share) => html`<path class="grid" d="M${FIELD.left} ${y(share).toFixed(1)}H${FIELD.right}"/>
<text class="end" x="${FIELD.left - 6}" y="${(y(share) + 4).toFixed(1)}">${Math.round(share * 100)} %</text>`,
  );

const renderVerdict = ({ verdict, startedAt }: Night, x: number): Html => {
  const outcome = VERDICT_OUTCOME[verdict];
  return html`<text class="mark ${outcome}" x="${x.toFixed(1)}" y="${FIELD.bottom + 22}">${OUTCOME_SYMBOL[outcome]}<title>${formatInstant(startedAt)}: ${VERDICT_WORD[verdict]}</title></text>`;
};

/** The day, in UTC. */
const dayOf = ({ startedAt }: Night): string => formatInstant(startedAt).slice(0, 10);

const renderDays = (nights: readonly Night[], x: readonly number[]): Part => {
  const [first, last] = [nights[0], nights.at(-1)];
  if (first === undefined || last === undefined) return '';
  const end = html`<text class="end" x="${FIELD.right}" y="${HEIGHT - 8}">${dayOf(last)}</text>`;
  return nights.length < 3
    ? end
    : [html`<text x="${(x[0] ?? 0).toFixed(1)}" y="${HEIGHT - 8}">${dayOf(first)}</text>`, end];
};

/** The scores and verdicts of some nights as a picture, the newest at the right; `label` says the same in words. */
export const renderTrend = (nights: readonly Night[], label: string): Html => {
  const floor = floorOf(nights);
  const x = places(nights);
  const y = (share: number): number => FIELD.bottom - ((share - floor) / (1 - floor)) * (FIELD.bottom - FIELD.top);
  return html`
<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${renderGrid(floor, y)}
${TREND_SETS.map((set) => renderLine(nights, set, { x, y }))}
${nights.map((night, index) => renderVerdict(night, x[index] ?? 0))}
${renderDays(nights, x)}
</svg>`;
};

/** The look of a set's line beside its name. */
export const renderKey = (set: ClauseSet): Html =>
  html`<svg class="trend key" viewBox="0 0 28 8" aria-hidden="true"><path class="line ${set}" d="M0 4H28"/></svg>`;
