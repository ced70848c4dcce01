/**
 * Stands in a view where the source was cut off. What may be half an escape before it is left out; it is no character of any
 * escape or coding itself.
 */
export const EDGE = '\x1f';

/** Stands between what was read from different places, so that nothing is found across; as little a part of anything. */
export const GAP = '\x1e';

/** Fewest characters that are worth reading at an edge, where there may be half of something. */
export const LEAST_AT_EDGE = 4;

/** Most characters between an edge and what is next to it, none of which tells anything. */
const MOST_BETWEEN = 16;

/** Where the edge is that comes next before or behind an offset; -1 where something else does. */
export function findEdge(text: string, from: number, step: 1 | -1): number {
  let at = step > 0 ? from : from - 1;
  for (let left = MOST_BETWEEN; left > 0 && /[=\s:,;+x"-]/.test(text[at] ?? ''); left -= 1) at += step;
  return text[at] === EDGE ? at : -1;
}
