import { type Coding, skipParting, valueAt } from './codings.ts';
import { EDGE, GAP, LEAST_AT_EDGE } from './edge.ts';
import { listRuns } from './list-runs.ts';
import { type View, type Writer, writeView } from './view.ts';
import type { Wanted } from './wanted.ts';

/** The view of all text that stands in another in a coding; undefined where there is none. */
export function decodeRuns(view: View, coding: Coding, wanted: Wanted): View | undefined {
  const { text } = view;
  const runs = listRuns(view, coding, wanted);
  if (runs.length === 0) return undefined;
  // Without what parts the digits, these are all equally long.
  const joined = writeView(view);
  for (const { start, end, first, last } of runs) {
    if (first >= 0) joined.put(EDGE, first, start);
    for (let at = start; at < end; ) {
      const from = at;
      while (at < end && valueAt(text, at, coding.values) >= 0) at += 1;
      joined.copy(from, at);
      if (at < end) at = skipParting(text, at, coding);
    }
    let done = end;
    while (text[done] === '=') done += 1;
    joined.copy(end, done);
    if (last >= 0) joined.put(EDGE, done, last + 1);
    joined.put(GAP, done, done);
  }
  const dense = joined.finish();
  const writer = writeView(dense);
  let at = 0;
  for (const [index, digits] of dense.text.split(GAP).entries()) {
    readRun(writer, digits, at, runs[index]?.phases ?? 0, coding, wanted);
    at += digits.length + 1;
  }
  const decoded = writer.finish();
  return decoded.text === '' ? undefined : decoded;
}

/** Writes what a run may mean, begun with each of its first digits with which text may begin. */
function readRun(
  writer: Writer,
  run: string,
  at: number,
  phases: number,
  { name, digits, bytes }: Coding,
  { least, beyondAscii }: Wanted,
): void {
  const isFirst = run.startsWith(EDGE);
  const isLast = run.endsWith(EDGE);
  const start = isFirst ? 1 : 0;
  const end = run.length - (isLast ? 1 : 0);
  const padding = run.indexOf('=') < 0 ? end : run.indexOf('=');
  const text = new RegExp(
    `[\\0\\t\\n\\r -~${beyondAscii ? '\\x80-\\xff' : ''}]{${isFirst || isLast ? LEAST_AT_EDGE : least},}`,
    'g',
  );
  for (let phase = 0; phase < digits; phase += 1) {
    if ((phases & (1 << phase)) === 0) continue;
    const begin = start + phase;
    const whole = Math.floor((padding - begin) / digits);
    const read = Buffer.from(run.slice(begin, padding), name).toString('latin1');
    for (const { 0: found, index } of read.matchAll(text)) {
      // In whole groups of digits, since only these are all equally long; the rest is a stretch of its own.
      const from = Math.floor(index / bytes);
      const to = Math.ceil((index + found.length) / bytes);
      const rest = Math.min(to, whole);
      const offset = (group: number) => at + begin + group * digits;
      if (isFirst && index === 0) writer.put(EDGE, at, at + 1);
      writer.put(read.slice(from * bytes, rest * bytes), offset(from), offset(rest));
      if (to > rest) writer.put(read.slice(Math.max(from, rest) * bytes), offset(rest), at + end);
      const isToEdge = isLast && index + found.length === read.length;
      writer.put(isToEdge ? EDGE : GAP, at + end, at + run.length);
    }
  }
}
