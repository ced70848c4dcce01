import { EDGE } from './edge.ts';
import { explore } from './explore.ts';
import { type CutEnds, findHalves } from './find-halves.ts';
import type { Hit } from './hits.ts';
import { findNeedle, foldView, type Needle } from './needles.ts';
import { findShapes } from './shapes.ts';
import { type Span, toSource, viewText } from './view.ts';
import { type Wanted, wantTexts } from './wanted.ts';

/** What is looked for, and what that takes at least. */
export type Search = { needles: Needle[]; wanted: Wanted };

/** Shortest thing that has a shape. */
const SHORTEST_SHAPE = 18;

/** Where ranks begin: before all what is there in whole, then what is begun, then half of it at a cut end, then mere shapes. */
const [BEGUN, HALF, SHAPE] = [1e6, 2e6, 3e6];

/** Prepares a search. Of two needles whose places overlap, the first counts. */
export function prepareSearch(needles: Needle[]): Search {
  return {
    needles,
    wanted: wantTexts(
      needles.map(({ beginning }) => beginning),
      SHORTEST_SHAPE,
    ),
  };
}

/** Whether what was found is half a secret only: it may be chance. */
export function isHalf({ rank }: Hit): boolean {
  return rank >= HALF && rank < SHAPE;
}

/** Finds all needles in a text and in whatever may be read from it, and in the latter also what merely looks like a secret. */
export function findHits(text: string, { needles, wanted }: Search, cut: CutEnds): Hit[] {
  if (text === '' || (text.length < wanted.least && !cut.start && !cut.end)) return [];
  const source = viewText(`${cut.start ? EDGE : ''}${text}${cut.end ? EDGE : ''}`);
  const shift = cut.start ? 1 : 0;
  const hits: Hit[] = [];
  explore(source, wanted, (view) => {
    const isCopied = (span: Span) => {
      const { start, end } = toSource(view, span);
      return view !== source && end - start === span.end - span.start;
    };
    const add = (span: Span, name: string, rank: number, all = span) => {
      // What was merely copied into a view was found before.
      if (isCopied(all)) return;
      const { start, end } = toSource(view, span);
      hits.push({ start: Math.max(0, start - shift), end: Math.min(text.length, end - shift), name, rank });
    };
    const sought = foldView(view);
    for (const [index, needle] of needles.entries())
      findNeedle(needle, sought, (span, isWhole) => add(span, needle.name, isWhole ? index : BEGUN + index));
    findHalves(sought, source.text.length, cut, needles, (span, { name }) => add(span, name, HALF));
    if (view !== source) findShapes(view.text, (span, name, all) => add(span, name, SHAPE, all));
  });
  return hits;
}
