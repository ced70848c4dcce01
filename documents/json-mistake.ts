import { lineAt } from './yaml-lines.ts';

/** Characters on either side of a mistake that V8 shows where it names no position. */
const SHOWN = 10;

/** What JSON.parse complains of, without what stands there. */
export function withoutExcerpt(message: string): string {
  return message.replace(/,? (?:\.\.\.)?"[\s\S]*$/, '').replace(/ token '[\s\S]*?'(?=$|,)/, ' token');
}

/** The line of what JSON.parse complains of, from 1; undefined where its message does not tell. */
export function lineOfMistake(text: string, message: string): number | undefined {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return lineAt(text, Number(position));
  if (message.startsWith('Unexpected end')) return lineAt(text, text.trimEnd().length);
  const [, cut, excerpt = '', more] = /, (\.\.\.)?"([\s\S]*)"(\.\.\.)? is not valid/.exec(message) ?? [];
  const start = text.indexOf(excerpt);
  if (excerpt === '' || start < 0 || (!cut && !more)) return undefined;
  return lineAt(text, start + (cut ? SHOWN : excerpt.length - SHOWN));
}
