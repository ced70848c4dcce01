import { EDGE } from './edge.ts';
import { type Needle, SHORTEST, type Sought, textFor } from './needles.ts';
import { type Span, toSource } from './view.ts';

/** Which ends of a piece may be the middle of something longer, so that half a secret may stand there. */
export type CutEnds = { start?: boolean; end?: boolean };

/** Finds half secrets at the cut ends of a text of so many characters, with an EDGE at each, in a view of it. */
export function findHalves(
  sought: Sought,
  length: number,
  cut: CutEnds,
  needles: Needle[],
  found: (span: Span, needle: Needle) => void,
): void {
  const { view } = sought;
  const { text } = view;
  const spanOf = (at: number) => toSource(view, { start: at, end: at + 1 });
  // Where several begin or end, the longest counts.
  const tell = (halfOf: (needle: Needle) => Span) => {
    let [longest, its]: [Span, Needle | undefined] = [NOTHING, undefined];
    for (const needle of needles) {
      const half = halfOf(needle);
      if (half.end - half.start > longest.end - longest.start) [longest, its] = [half, needle];
    }
    if (its !== undefined) found(longest, its);
  };
  // An end of the text is several ends of a view when it may be read in several ways.
  if (cut.end)
    for (let at = text.lastIndexOf(EDGE); at > 0 && spanOf(at).end === length; at = text.lastIndexOf(EDGE, at - 1))
      tell((needle) => findBegun(needle, textFor(needle, sought), at));
  if (cut.start)
    for (let at = text.indexOf(EDGE); at >= 0 && spanOf(at).start === 0; at = text.indexOf(EDGE, at + 1))
      tell((needle) => findEnded(needle, textFor(needle, sought), at));
}

const NOTHING: Span = { start: 0, end: 0 };

/** The first characters of a needle, but not all, right before an edge, with the edge; nothing where they are too few. */
function findBegun({ text: whole }: Needle, text: string, edge: number): Span {
  const first = whole.slice(0, SHORTEST);
  const tail = text.slice(Math.max(0, edge - whole.length + 1), edge);
  for (let at = tail.indexOf(first); at >= 0; at = tail.indexOf(first, at + 1))
    if (whole.startsWith(tail.slice(at))) return { start: edge - tail.length + at, end: edge + 1 };
  return NOTHING;
}

/** What may be left of an escape that began before the edge. */
const LEFT_OF_ESCAPE = /^[\\%&#=uxX{0-9A-Fa-f]{0,7}[;}]?$/;
const MOST_LEFT = 8;

/** The last characters of a needle, but not all, right behind an edge, with the edge; nothing where they are too few. */
function findEnded({ text: whole }: Needle, text: string, edge: number): Span {
  const last = whole.slice(-SHORTEST);
  const head = text.slice(edge + 1, edge + whole.length + MOST_LEFT);
  for (let at = head.lastIndexOf(last); at >= 0; at = at === 0 ? -1 : head.lastIndexOf(last, at - 1))
    for (let left = 0; left <= Math.min(MOST_LEFT, at); left += 1)
      if (LEFT_OF_ESCAPE.test(head.slice(0, left)) && whole.endsWith(head.slice(left, at + SHORTEST)))
        return { start: edge, end: edge + 1 + at + SHORTEST };
  return NOTHING;
}
