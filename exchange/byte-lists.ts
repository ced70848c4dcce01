import { EDGE, findEdge, GAP, LEAST_AT_EDGE } from './edge.ts';
import { isDecoded, type Span, type View, writeView } from './view.ts';
import { textBytes, type Wanted } from './wanted.ts';

/** What parts two numbers; forms write blanks as `+`, and there may be an index before the second. */
const BLANK = '[ \\t\\r\\n+]';
const PARTED = `(?:${BLANK}{0,64},${BLANK}{0,64}(?:"\\d{1,6}":${BLANK}{0,8})?|${BLANK}{1,64})`;

/** Numbers that may be bytes, also Java's, which are signed; the first of a list, and one that follows. */
const FIRST = /(?<![\w.])-?\d{1,3}(?![\w.])/g;
const NEXT = new RegExp(`${PARTED}(-?\\d{1,3})(?![\\w.])`, 'y');
const TRIGGER = new RegExp(`(?:\\d{1,3}${PARTED}-?){${LEAST_AT_EDGE - 1}}\\d`);

/** The view of the bytes that another lists as numbers, as `[101,99]`, `[101 99]`, `<<101, 99>>` or `{"0":101,"1":99}`. */
export function decodeLists(view: View, wanted: Wanted): View | undefined {
  const { text } = view;
  if (!TRIGGER.test(text)) return undefined;
  const writer = writeView(view);
  FIRST.lastIndex = 0;
  for (let first = FIRST.exec(text); first !== null; first = FIRST.exec(text)) {
    const numbers = listNumbers(text, first);
    const [start, end] = [first.index, numbers.at(-1)?.end ?? 0];
    FIRST.lastIndex = end;
    const [edge, lastEdge] = [findEdge(text, start, -1), findEdge(text, end, 1)];
    const bytes = numbers.map((number) => Number(text.slice(number.start, number.end)) & 255);
    const least = edge >= 0 || lastEdge >= 0 ? LEAST_AT_EDGE : wanted.least;
    if (!areText(bytes, least, textBytes(wanted)) || !isDecoded(view, start, end)) continue;
    if (edge >= 0) writer.put(EDGE, edge, start);
    for (const [index, number] of numbers.entries()) {
      // Half a number is none.
      if (number.start - 1 !== edge && number.end !== lastEdge)
        writer.put(String.fromCharCode(bytes[index] ?? 0), number.start, number.end);
    }
    writer.put(lastEdge >= 0 ? EDGE : GAP, end, lastEdge >= 0 ? lastEdge + 1 : end);
  }
  const decoded = writer.finish();
  return decoded.text === '' ? undefined : decoded;
}

function listNumbers(text: string, first: RegExpExecArray): Span[] {
  const numbers: Span[] = [];
  let end = first.index + first[0].length;
  numbers.push({ start: first.index, end });
  NEXT.lastIndex = end;
  for (let next = NEXT.exec(text); next !== null; next = NEXT.exec(text)) {
    end = NEXT.lastIndex;
    numbers.push({ start: end - (next[1] ?? '').length, end });
  }
  return numbers;
}

/** Whether so many bytes in a row are text. */
function areText(bytes: number[], least: number, isText: Uint8Array): boolean {
  let count = 0;
  return bytes.some((byte) => {
    count = isText[byte] ? count + 1 : 0;
    return count >= least;
  });
}
