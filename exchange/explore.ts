import { decodeLists } from './byte-lists.ts';
import { CODINGS } from './codings.ts';
import { listEscapes, readEscapes } from './escapes.ts';
import { decodeRuns } from './runs.ts';
import { readsDecoded, type View } from './view.ts';
import type { Wanted } from './wanted.ts';

/** So many things may be written within each other. */
const DEEPEST = 6;

/**
 * Most characters of all views together: so many times those of the text, and so many more. No text that is what it seems
 * takes as much; one that is made to be taken in every way at once is not read as deep.
 */
const MOST_TIMES = 12;
const MOST_MORE = 1024 * 1024;

/** A view by the escape that was read to make it, if any, and the escapes for which it matters which is read first from its parent. */
type Node = { view: View; by: number; ordered: Set<string> };

/**
 * Shows each view of a text, the text itself first: whatever may be read in it, and what may be read in that, the shallow ones
 * first. Escapes of two kinds are read in one order only unless they touch, since otherwise either comes to the same.
 */
export function explore(text: View, wanted: Wanted, inspect: (view: View) => void): void {
  const seen = new Set<string>();
  let left = text.text.length * MOST_TIMES + MOST_MORE;
  let level: Node[] = [];
  const add = (view: View | undefined, by: number, ordered: Set<string>) => {
    if (view === undefined || seen.has(view.text)) return;
    seen.add(view.text);
    left -= view.text.length;
    inspect(view);
    level.push({ view, by, ordered });
  };
  add(text, -1, new Set());
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    const nodes = level;
    level = [];
    for (const { view, by, ordered } of nodes) {
      if (left < 0) return;
      const among = new Set<string>();
      for (const [index, kind] of listEscapes(wanted).entries()) {
        const next = readEscapes(view, kind);
        if (next === undefined) continue;
        const touches = by >= 0 && readsDecoded(next);
        if (touches && index > by) ordered.add(`${by} ${index}`);
        if (touches || index >= by || ordered.has(`${index} ${by}`)) add(next, index, among);
      }
      for (const coding of CODINGS) add(decodeRuns(view, coding, wanted), -1, among);
      add(decodeLists(view, wanted), -1, among);
    }
  }
}
