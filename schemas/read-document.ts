import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { load, YAMLException } from 'js-yaml';
import { isBounded, MOST_VALUES } from './is-bounded.ts';
import { type Place, showPlace } from './place.ts';
import { findLines, type Lines, lineAt } from './yaml-lines.ts';

/** A file of data, read. */
export type Document = {
  /** Its path as it is told. */
  name: string;
  value: unknown;
  /** On which lines something stands; worked out when it is asked for, because that takes as long as reading. */
  lines: Lines;
};

/** One thing wrong with a document. */
export type Mistake = { place: Place; expected: string; found: string };

/** The class of the errors that tell of a document's mistakes. */
type Complaint = new (sentence: string) => Error;

/**
 * Reads a file of YAML, or of JSON if it is called so; `what` is in it. Throws a `Complaint` whose one sentence says what cannot
 * be read where; a key that stands twice and aliases without an end are such mistakes, too.
 */
export function readDocument(file: string, Complaint: Complaint, what = 'a readable file'): Document {
  const name = showPath(file);
  const language = file.endsWith('.json') ? 'JSON' : 'YAML';
  const complain = (expected: string, found: string, line?: number) =>
    new Complaint(`${name}${line === undefined ? '' : `:${line}`}: expected ${expected}, found ${found}`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw complain(what, describeAbsence(error));
  }
  try {
    const json: unknown = language === 'JSON' ? JSON.parse(text) : undefined;
    // JSON is YAML, and JSON.parse says nothing of a key that stands twice.
    const value = load(text);
    if (!isBounded(value)) throw complain(`at most ${MOST_VALUES} values, aliases written out`, 'more');
    let lines: Lines | undefined;
    const find: Lines = (place) => {
      lines ??= findLines(text);
      return lines(place);
    };
    return { name, value: language === 'JSON' ? json : value, lines: find };
  } catch (error) {
    if (error instanceof YAMLException)
      throw complain(language, `a mistake: ${error.reason}`, (error.mark?.line ?? 0) + 1);
    if (error instanceof SyntaxError)
      throw complain(language, `a mistake: ${error.message.replace(/\s+/g, ' ')}`, lineOfMistake(text, error.message));
    throw error;
  }
}

/** The sentence that tells of a mistake, with its file and line. */
export function tellMistake({ name, lines }: Document, { place, expected, found }: Mistake): string {
  return `${name}:${lines(place)[0]}: ${showPlace(place)}: expected ${expected}, found ${found}`;
}

/** A path from where the suite was started, where that is the shorter way to say it. */
function showPath(file: string): string {
  const short = relative('', file);
  return short.length < file.length ? short : file;
}

function describeAbsence(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'none' : (code ?? message);
}

/** Characters on either side of a mistake that V8 shows where it names no position. */
const SHOWN = 10;

/** The line of what JSON.parse complains of; undefined where its message does not tell. */
function lineOfMistake(text: string, message: string): number | undefined {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return lineAt(text, Number(position));
  if (message.startsWith('Unexpected end')) return lineAt(text, text.trimEnd().length);
  const [, cut, excerpt = '', more] = /, (\.\.\.)?"([\s\S]*)"(\.\.\.)? is not valid/.exec(message) ?? [];
  const start = text.indexOf(excerpt);
  if (excerpt === '' || start < 0 || (!cut && !more)) return undefined;
  return lineAt(text, start + (cut ? SHOWN : excerpt.length - SHOWN));
}
