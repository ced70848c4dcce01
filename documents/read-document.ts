import { relative } from 'node:path';
import { load, YAMLException } from 'js-yaml';
import { describeErrors, type Showing } from './describe-error.ts';
import { isBounded, MOST_VALUES } from './is-bounded.ts';
import { lineOfMistake, withoutExcerpt } from './json-mistake.ts';
import { tellMistake } from './mistake.ts';
import { readText } from './read-text.ts';
import type { Schema } from './schema.ts';
import { countPlaces, surveyJson } from './survey-text.ts';
import { findLines, type Lines } from './yaml-lines.ts';

/** How large a file may be that people write, or programs, in bytes: more takes more seconds to read than anybody waits. */
const MOST_BYTES = { written: 16 * 1024 * 1024, saved: 128 * 1024 * 1024 };

/** Most values in a saved one. */
const MOST_SAVED_VALUES = 5_000_000;

/** Most places in a file of YAML where a value may begin, before it is known where one does. */
const MOST_PLACES = 1_000_000;

/** Most values within each other; js-yaml reads no more either. */
const MOST_DEPTH = 100;

/** What is longer is not looked through once more for the line of a mistake, in characters. */
const MOST_WITH_LINES = 8 * 1024 * 1024;

/** A file of data, read. */
export type Document<Value = unknown> = {
  /** Its path as it is told. */
  name: string;
  value: Value;
  /** On which lines something stands; worked out when it is asked for, because that takes as long as reading. */
  lines: Lines;
};

/** How a kind of document is read. */
export type Kind<Value> = {
  /** Makes the error of a sentence that says what is wrong with the file. */
  complain(sentence: string): Error;
  /** What such a file is, as it is told where there is none; `a readable file` when absent. */
  what?: string;
  /** What the whole of it must hold; without one, any value will do. */
  schema?: Schema<Value>;
  /** Whether values are shown that are not as expected; they are when absent. */
  showing?: Showing;
  /** Set where programs write it: it is JSON whatever it is called, as long as it likes, and has no key twice. */
  isSaved?: true;
  /** Makes of what lies there what the schema is about. */
  upgrade?(written: Document): unknown;
};

/**
 * Reads a file of YAML, or of JSON if it is called so. All data that people write or save comes in by here. Throws an error of the
 * kind whose one sentence says file, line and place, what was expected there and what was found; a key that stands twice,
 * aliases without an end, and more bytes, values or levels than can be read within seconds are such mistakes, too.
 *
 * The lines are of our own keeping: `yaml`, a library that keeps them, takes 280 ms to come in and to read the contract that comes
 * with the suite, and js-yaml 70 ms, in each process that reads it.
 */
export function readDocument<Value = unknown>(file: string, kind: Kind<Value>): Document<Value> {
  const written = readWritten(file, kind);
  const document = { ...written, value: kind.upgrade ? kind.upgrade(written) : written.value };
  if (holds(document, kind.schema)) return document;
  throw kind.complain(tellMistake(written, describeErrors(kind.schema?.().errors, document.value, kind.showing)));
}

function holds<Value>(document: Document, schema: Schema<Value> | undefined): document is Document<Value> {
  return schema === undefined || schema()(document.value);
}

function readWritten(
  file: string,
  { complain, what = 'a readable file', showing, isSaved }: Omit<Kind<unknown>, 'schema' | 'upgrade'>,
): Document {
  const name = showPath(file);
  const language = isSaved || file.endsWith('.json') ? 'JSON' : 'YAML';
  const refuse = (expected: string, found: string, line?: number) =>
    complain(`${name}${line === undefined ? '' : `:${line}`}: expected ${expected}, found ${found}`);
  let text: string;
  try {
    text = readText(file, MOST_BYTES[isSaved ? 'saved' : 'written']);
  } catch (error) {
    throw refuse(what, describeAbsence(error));
  }
  const tooMuch = language === 'JSON' ? surveyed(text, isSaved ? MOST_SAVED_VALUES : MOST_VALUES) : counted(text);
  if (tooMuch !== undefined) throw refuse(tooMuch, 'more');
  try {
    const json: unknown = language === 'JSON' ? JSON.parse(text) : undefined;
    // JSON is YAML, and JSON.parse says nothing of a key that stands twice.
    const value = isSaved ? json : load(text);
    if (!isSaved && !isBounded(value)) throw refuse(`at most ${MOST_VALUES} values, aliases written out`, 'more');
    let lines: Lines | undefined;
    const find: Lines = (place) => {
      lines ??= text.length > MOST_WITH_LINES ? () => [0, 0] : findLines(text);
      return lines(place);
    };
    return { name, value: language === 'JSON' ? json : value, lines: find };
  } catch (error) {
    if (error instanceof YAMLException)
      throw refuse(language, `a mistake: ${error.reason}`, (error.mark?.line ?? 0) + 1);
    if (!(error instanceof SyntaxError)) throw error;
    const message = showing === 'kinds' ? withoutExcerpt(error.message) : error.message;
    throw refuse(language, `a mistake: ${message.replace(/\s+/g, ' ')}`, lineOfMistake(text, error.message));
  }
}

/** What a text of JSON may have, where it has more of it. */
function surveyed(text: string, mostValues: number): string | undefined {
  const { values, depth } = surveyJson(text);
  if (depth > MOST_DEPTH) return `at most ${MOST_DEPTH} values within each other`;
  return values > mostValues ? `at most ${mostValues} values` : undefined;
}

/** What a text of YAML may have, where it has more of it. */
function counted(text: string): string | undefined {
  return countPlaces(text) > MOST_PLACES ? `at most ${MOST_PLACES} lines and values` : undefined;
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
