import { describe, expect, test } from 'vitest';
import { decodeLists } from '../../exchange/byte-lists.ts';
import { CODINGS } from '../../exchange/codings.ts';
import { BACKSLASH, listEscapes, readEscapes } from '../../exchange/escapes.ts';
import { explore } from '../../exchange/explore.ts';
import { decodeRuns } from '../../exchange/runs.ts';
import { alignSpan, toSource, type View, viewText } from '../../exchange/view.ts';

const WANTED = { least: 4, beyondAscii: true, withoutAscii: false };

/** The views of a text. */
function listViews(text: string): View[] {
  const views: View[] = [];
  explore(viewText(text), WANTED, (view) => views.push(view));
  return views;
}

/** What of a text stands for a word in a view of it. */
function sourceOf(text: string, view: View | undefined, word: string): string | undefined {
  const start = view?.text.indexOf(word) ?? -1;
  if (!view || start < 0) return undefined;
  const span = toSource(view, { start, end: start + word.length });
  return text.slice(span.start, span.end);
}

describe('an escape stands for its character, and is what that takes in the source', () => {
  test.each([
    ['\\u0065\\u0063', 'ec'],
    ['\\u{65}\\u{0063}', 'ec'],
    ['\\U00000065\\x63', 'ec'],
    ['\\x{65}\\x63', 'ec'],
    ['\\145\\143', 'ec'],
    ['\\u00e4\\ud83d\\ude00', 'ä😀'],
    ['\\u{1f600}', '😀'],
    ['e\\/c\\"\\\\', 'e/c"\\'],
    ['e\\\nc', 'ec'],
    ['%65%63', 'ec'],
    ['%C3%A4', 'ä'],
    ['&#101;&#x63;', 'ec'],
    ['&#0101&#X00063', 'ec'],
    ['&lt;&sol;&AMP;', '</&'],
    ['=65=63', 'ec'],
    ['e=\r\nc', 'ec'],
    ['e\0c', 'ec'],
    ['Ã¤', 'ä'],
  ])('%j', (escaped, word) => {
    const text = `<x ${escaped} y>`;
    const views = listViews(text);
    expect(views.map((view) => sourceOf(text, view, word))).toContain(escaped);
  });

  test.each(['\\q', '\\u12', '%zz', '&#;', '&nothing;', '= 6', '100%', 'a&b', 'C:\\Dir'])('%j is none', (text) => {
    for (const kind of listEscapes(WANTED)) expect(readEscapes(viewText(text), kind)?.text ?? text).toBe(text);
  });
});

describe('what is in base64, hex or a list is what that takes in the source', () => {
  const [base64, hex] = CODINGS.map((coding) => (text: string) => decodeRuns(viewText(text), coding, WANTED));
  const lists = (text: string) => decodeLists(viewText(text), WANTED);

  test.each<[string, ((text: string) => View | undefined) | undefined, string, string]>([
    ['whole', base64, 'ZWNhbmFyeQ==', 'ZWNhbmFyeQ=='],
    ['with something before', base64, 'eHplY2FuYXJ5', 'plY2FuYXJ5'],
    ['behind digits that do not belong to it', base64, 'aZWNhbmFyeQ', 'ZWNhbmFyeQ'],
    ['in lines', base64, 'ZWNh\r\n  bmFyeQ', 'ZWNh\r\n  bmFyeQ'],
    ['in hex', hex, '6563616e617279', '6563616e617279'],
    ['behind an odd digit', hex, 'f6563616e617279', '6563616e617279'],
    ['in a dump', hex, '65 63:61-6e, 0x61\n72 79', '65 63:61-6e, 0x61\n72 79'],
    ['in a list', lists, '[101,99,97,110,97,114,121]', '101,99,97,110,97,114,121'],
    ['in a list with blanks', lists, '[7 101 99 97 110\n 97 114 121]', '101 99 97 110\n 97 114 121'],
    [
      'in a list with indexes',
      lists,
      '{"0":101,"1":99,"2":97,"3":110,"4":97,"5":114,"6":121}',
      '101,"1":99,"2":97,"3":110,"4":97,"5":114,"6":121',
    ],
  ])('%s', (_, read, text, source) => {
    expect(sourceOf(text, read?.(text), 'ecanary')).toBe(source);
  });

  test('nothing is read where no text comes of it', () => {
    const long = { ...WANTED, least: 11 };
    for (const text of [
      '0b3e9d0c5b7e4d0e9f5e1c2d3e4f5a6b',
      '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12',
      'validation_errors',
    ]) {
      for (const coding of CODINGS) expect(decodeRuns(viewText(text), coding, long), text).toBeUndefined();
      expect(decodeLists(viewText(text), long), text).toBeUndefined();
    }
  });
});

test('a span that takes half an escape is made to take it in whole', () => {
  const text = 'a\\u0065b\\\\\\"c';
  const escapes = readEscapes(viewText(text), BACKSLASH);
  const align = (start: number, end: number) => {
    const span = alignSpan(escapes ?? viewText(text), { start, end });
    return text.slice(span.start, span.end);
  };
  expect(align(0, 1)).toBe('a');
  expect(align(5, 8)).toBe('\\u0065b');
  expect(align(7, 9)).toBe('b\\\\');
  expect(align(9, 11)).toBe('\\\\\\"');
});

test('how often a text is read is bounded, whatever it holds', () => {
  const text = 'x\\n%41&amp;=41 YWJjZGVmZ2hpamtsbW5v 101,102,103,104 616263646566 '.repeat(2000);
  const read = listViews(text).reduce((sum, view) => sum + view.text.length, 0);
  expect(read).toBeLessThan(text.length * 25);
});

test('the same text is looked at once, but twice where it stands in two places', () => {
  const views = listViews('%41\\u0042');
  expect(new Set(views.map(({ text }) => text)).size).toBe(views.length);
  const twice = listViews('[101,99,97,110,97,114,121] 6563616e617279').filter(({ text }) => text.startsWith('ecanary'));
  expect(twice).toHaveLength(2);
});
