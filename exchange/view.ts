/** From where to where something stands, the end excluded. */
export type Span = { start: number; end: number };

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
  let { start, end } = span;
  for (let each = view; each.parent !== undefined; each = each.parent) {
    start = toParent(each, findLast(each.at, start), start, Math.floor);
    end = toParent(each, findLast(each.at, end - 1), end, Math.ceil);
  }
  return { start, end };
}

/** Where an offset in a stretch is in the parent. */
function toParent({ text, at, from, to }: View, stretch: number, offset: number, round: (value: number) => number) {
  const [begin, start] = [from[stretch] ?? 0, at[stretch] ?? 0];
  return begin + round(((offset - start) * ((to[stretch] ?? 0) - begin)) / ((at[stretch + 1] ?? text.length) - start));
}

/** Whether any of a span of a view, or what it touches, is there by decoding: if not, the parent has the same. */
export function isDecoded(view: View, start: number, end: number): boolean {
  if (view.parent === undefined) return true;
  const [first, last] = [Math.max(0, start - 1), Math.min(view.text.length, end + 1)];
  const begin = toParent(view, findLast(view.at, first), first, Math.floor);
  return toParent(view, findLast(view.at, last - 1), last, Math.ceil) - begin !== last - first;
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

/** The least span of the parent that holds another and in which each character of the view is there in whole or not at all. */
export function alignSpan(view: View, { start, end }: Span): Span {
  return { start: alignTo(view, start, Math.floor), end: alignTo(view, end, Math.ceil) };
}

function alignTo({ text, at, from, to }: View, offset: number, round: (value: number) => number): number {
  const stretch = findLast(from, offset);
  const [begin, end] = [from[stretch] ?? 0, to[stretch] ?? 0];
  if (stretch < 0 || offset >= end) return offset;
  const width = (end - begin) / ((at[stretch + 1] ?? text.length) - (at[stretch] ?? 0));
  return begin + Math.round(round((offset - begin) / width) * width);
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
