import { decodeLists } from './byte-lists.ts';
import { CODINGS } from './codings.ts';
import { listEscapes, readEscapes } from './escapes.ts';
import { decodeRuns } from './runs.ts';
import { readsDecoded, toSource, type View } from './view.ts';
import type { Wanted } from './wanted.ts';

/** So many things may be written within each other, and so often may what can be read be left. */
const DEEPEST = 12;
const MOST_UNLIKELY = 2;

/**
 * Most characters of all views together: so many times those of the text, and so many more. What takes more is made to be read
 * in every way at once.
 */
const MOST_TIMES = 12;
const MOST_MORE = 160 * 1024;

/** What can be read in a view: escapes, by their number, and all that is no escape. */
type Readings = { escapes: [index: number, view: View][]; runs: View[] };

/**
 * A view, how deep within others its text was written, by which escape it was made, if by one, and which were left that could
 * have been read before. `ordered` has the escapes for which it matters which of them is read first from its parent.
 */
type Node = { view: View; depth: number; by: number; leaving: Set<number>; ordered: Set<string> };

/**
 * Shows each view of a text, the text itself first: whatever may be read in it, and what may be read in that. The likeliest
 * come first: what has all escapes read, whatever their kind. Then come views in which some were left, because they only look
 * like escapes. Two kinds are read in one order only unless they touch, since otherwise either comes to the same.
 */
export function explore(text: View, wanted: Wanted, inspect: (view: View) => void): void {
  inspect(text);
  const first = readAll(text, wanted);
  // Most texts are what they seem.
  if (first.escapes.length === 0 && first.runs.length === 0) return;
  const seen = new Map<string, Set<string>>();
  const waiting: Node[][] = Array.from({ length: MOST_UNLIKELY + 1 }, () => []);
  let left = text.text.length * MOST_TIMES + MOST_MORE;
  const add = (node: Node, unlikely: number) => {
    const { view } = node;
    left -= view.text.length;
    // The same may be read from two places.
    const { start, end } = toSource(view, { start: 0, end: view.text.length });
    const places = seen.get(view.text) ?? new Set();
    if (places.has(`${start} ${end}`)) return;
    seen.set(view.text, places.add(`${start} ${end}`));
    inspect(view);
    if (node.depth < DEEPEST) waiting[unlikely]?.push(node);
  };
  const expand = ({ depth, by, leaving, ordered }: Node, { escapes, runs }: Readings, unlikely: number) => {
    const among = new Set<string>();
    let [skipped, more] = [leaving, 0];
    for (const [index, next] of escapes) {
      const touches = readsDecoded(next);
      if (touches && index > by) ordered.add(`${by} ${index}`);
      if (!touches && index < by && !ordered.has(`${index} ${by}`)) continue;
      const isLate = leaving.has(index);
      const node = { view: next, depth: depth + (touches ? 1 : 0), by: index, leaving: skipped, ordered: among };
      add(node, unlikely + more + (isLate ? 1 : 0));
      if (isLate) continue;
      more += 1;
      skipped = new Set([...skipped, index]);
    }
    for (const next of runs)
      add({ view: next, depth: depth + 1, by: -1, leaving: new Set(), ordered: among }, unlikely);
  };
  expand({ view: text, depth: 0, by: -1, leaving: new Set(), ordered: new Set() }, first, 0);
  while (left > 0) {
    const unlikely = waiting.findIndex((nodes) => nodes.length > 0);
    const node = waiting[unlikely]?.shift();
    if (node === undefined) return;
    expand(node, readAll(node.view, wanted), unlikely);
  }
}

function readAll(view: View, wanted: Wanted): Readings {
  const readings: Readings = { escapes: [], runs: [] };
  listEscapes(wanted).forEach((kind, index) => {
    const next = readEscapes(view, kind);
    if (next) readings.escapes.push([index, next]);
  });
  for (const coding of CODINGS) {
    const next = decodeRuns(view, coding, wanted);
    if (next) readings.runs.push(next);
  }
  const next = decodeLists(view, wanted);
  if (next) readings.runs.push(next);
  return readings;
}
