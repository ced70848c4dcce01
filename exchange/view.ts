/** From where to where something stands, the end excluded. */
export type Span = { start: number; end: number };

/**
 * Stands in a view where the source was cut off. What may be half an escape before it is left out; it is no character of any
 * escape or coding itself.
 */
export const EDGE = '\x1f';

/** Stands between what was read from different places, so that nothing is found across; as little a part of anything. */
export const GAP = '\x1e';

/**
 * A decoded form of a text, or, without a parent, the text itself. It consists of stretches, and knows where each begins (`at`)
 * and what span of the parent it was read from (`from`, `to`). All characters of a stretch are equally long in the parent: as
 * long when they were copied, six times as long when each was written `\u0065`, four thirds in base64.
 */
export type View = { text: string; parent?: View; at: number[]; from: number[]; to: number[] };

/** Puts a view together, from its beginning to its end. */
export type Writer = {
  put(text: string, from: number, to: number): void;
  copy(from: number, to: number): void;
  finish(): View;
};

/** The text itself, as what views are made of. */
export function viewText(text: string): View {
  return { text, at: [0], from: [0], to: [text.length] };
}

/** Begins a view of another. */
export function writeView(parent: View): Writer {
  const [at, from, to]: [number[], number[], number[]] = [[], [], []];
  const parts: string[] = [];
  let length = 0;
  const put = (text: string, start: number, end: number) => {
    if (text === '') return;
    const last = at.length - 1;
    const [wide, long] = [(to[last] ?? 0) - (from[last] ?? 0), length - (at[last] ?? 0)];
    // What goes on in the same measure is one stretch: escapes alone take no more room than text.
    if (to[last] === start && wide * text.length === long * (end - start)) to[last] = end;
    else {
      at.push(length);
      from.push(start);
      to.push(end);
    }
    parts.push(text);
    length += text.length;
  };
  const copy = (start: number, end: number) => put(parent.text.slice(start, end), start, end);
  return { put, copy, finish: () => ({ text: parts.join(''), parent, at, from, to }) };
}

/** What a span of a view takes in the text itself: whole escapes, and each character of which a bit belongs to it. */
export function toSource(view: View, span: Span): Span {
  let [each, { start, end }] = [view, span];
  for (; each.parent !== undefined; each = each.parent) ({ start, end } = toParent(each, start, end));
  return { start, end };
}

/** Whether any of a span of a view, or what it touches, is there by decoding: if not, the parent has the same. */
export function isDecoded(view: View, start: number, end: number): boolean {
  if (view.parent === undefined) return true;
  const [first, last] = [Math.max(0, start - 1), Math.min(view.text.length, end + 1)];
  const there = toParent(view, first, last);
  return there.end - there.start !== last - first;
}

/** Whether what a view reads is there, in any place, only because the parent was decoded. */
export function readsDecoded({ text, parent, at, from, to }: View): boolean {
  if (parent === undefined) return false;
  let done = 0;
  return at.some((start, stretch) => {
    const [begin, end] = [from[stretch] ?? 0, to[stretch] ?? 0];
    const isCopied = end - begin === (at[stretch + 1] ?? text.length) - start;
    // What was left out is between two stretches.
    const isNew = (begin > done && isDecoded(parent, done, begin)) || (!isCopied && isDecoded(parent, begin, end));
    done = end;
    return isNew;
  });
}

function toParent(view: View, start: number, end: number): Span {
  const project = (stretch: number, offset: number, round: (value: number) => number) => {
    const [at, from, wide, long] = measure(view, stretch);
    return from + round(((offset - at) * wide) / long);
  };
  const first = findLast(view.at, start);
  return { start: project(first, start, Math.floor), end: project(findLast(view.at, end - 1), end, Math.ceil) };
}

/** The least span of the parent that holds another and in which each character of the view is there in whole or not at all. */
export function alignSpan(view: View, { start, end }: Span): Span {
  const alignTo = (offset: number, round: (value: number) => number): number => {
    const stretch = findLast(view.from, offset);
    const [, from, wide, long] = measure(view, stretch);
    if (stretch < 0 || offset >= from + wide) return offset;
    return from + Math.round((round(((offset - from) * long) / wide) * wide) / long);
  };
  return { start: alignTo(start, Math.floor), end: alignTo(end, Math.ceil) };
}

/** Where a stretch begins, here and in the parent, and how long it is there and here. */
function measure(
  { text, at, from, to }: View,
  stretch: number,
): [at: number, from: number, wide: number, long: number] {
  const [start, origin] = [at[stretch] ?? 0, from[stretch] ?? 0];
  return [start, origin, (to[stretch] ?? 0) - origin, (at[stretch + 1] ?? text.length) - start];
}

/** The index of the last of ascending numbers that is no greater; -1 when all are. */
function findLast(numbers: number[], wanted: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
