import { type Coding, skipParting, valueAt } from './codings.ts';
import { EDGE, findEdge, LEAST_AT_EDGE } from './edge.ts';
import { isDecoded, type View } from './view.ts';
import { textBytes, type Wanted } from './wanted.ts';

/**
 * Digits of a coding that belong together, with what parts them; text may begin with those whose bit is set in `phases`. The
 * edges before and behind it are at `first` and `last`, -1 where there is none.
 */
export type Run = { start: number; end: number; phases: number; first: number; last: number };

/** How many groups before this one were text, by the digit they begin with; made once, since it takes longer than most texts. */
const legible = new Int32Array(4);

/** Finds the runs in a view, unless the parent has them, in which enough bytes in a row may be text, and those at an edge. */
export function listRuns(view: View, coding: Coding, wanted: Wanted): Run[] {
  const { values, digits, bytes } = coding;
  const { text } = view;
  const hasEdge = text.includes(EDGE);
  if (text.length * bytes < wanted.least * digits && !hasEdge) return [];
  const isText = textBytes(wanted);
  const [width, mask] = [(bytes * 8) / digits, 2 ** (bytes * 8) - 1];
  // Among so many bytes there are as many groups of digits in whole.
  const enough = Math.max(1, Math.floor((wanted.least + 1) / bytes) - 1);
  const fewest = (LEAST_AT_EDGE * digits) / bytes;
  const runs: Run[] = [];
  legible.fill(0);
  let [start, count, read, phases] = [0, 0, 0, 0];
  for (let at = 0; at <= text.length; at += 1) {
    const value = valueAt(text, at, values);
    if (value >= 0) {
      if (count === 0) start = at;
      count += 1;
      read = ((read << width) | value) & mask;
      if (count < digits) continue;
      const phase = count & (digits - 1);
      const areText = isText[read >> 16] && isText[(read >> 8) & 255] && isText[read & 255];
      const groups = areText ? (legible[phase] ?? 0) + 1 : 0;
      legible[phase] = groups;
      if (groups >= enough) phases |= 1 << phase;
    } else if (count > 0) {
      const next = skipParting(text, at, coding);
      if (next >= 0) at = next - 1;
      else {
        if (count >= fewest) {
          const first = hasEdge ? findEdge(text, start, -1) : -1;
          const last = hasEdge ? findEdge(text, at, 1) : -1;
          if (first >= 0 || last >= 0) phases = 2 ** digits - 1;
          if (phases > 0 && isDecoded(view, start, at)) runs.push({ start, end: at, phases, first, last });
          for (let phase = 0; phase < digits; phase += 1) legible[phase] = 0;
        }
        count = 0;
        phases = 0;
      }
    }
  }
  return runs;
}
