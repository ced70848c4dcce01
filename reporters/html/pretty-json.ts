import { cutText } from '../shared/visible-text.ts';

// Works on the tokens and not on the parsed value, so that repeated names, big numbers and escapes stay as they were sent.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"?|[{}[\],:]|[^\s{}[\],:"]+/g;
const DEEPEST_INDENT = 24;
const LONGEST_SOURCE = 256 * 1024;

/** JSON text laid out in lines; `mark` is the index of the line that a JSON pointer names, when there is such a line. */
export type PrettyJson = { lines: string[]; mark?: number; cut: boolean };

type Frame = { list: boolean; index: number; name: string; empty: boolean };

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const pointerOf = (frames: readonly Frame[]): string =>
  frames.map(({ list, index, name }) => `/${list ? index : name.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

/** Indents JSON text and finds the line of `pointer`; undefined when the text is no JSON or too long to try. */
export const prettyJson = (text: string, limit: number, pointer: string): PrettyJson | undefined => {
  if (text.length > LONGEST_SOURCE || !isJson(text)) return undefined;
  const lines: string[] = [];
  const frames: Frame[] = [];
  let line = '';
  let size = 0;
  let cut = false;
  let mark: number | undefined;
  const add = (token: string): void => {
    cut ||= token.length > limit;
    line += cutText(token, limit);
  };
  const breakLine = (): void => {
    lines.push(line);
    size += line.length + 1;
    line = '  '.repeat(Math.min(frames.length, DEEPEST_INDENT));
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if (size + line.length > limit) {
      cut = true;
      break;
    }
    const frame = frames.at(-1);
    if (token === '}' || token === ']') {
      frames.pop();
      if (frame?.empty === false) breakLine();
      line += token;
    } else if (token === ',') {
      line += token;
      if (frame !== undefined) frame.index += 1;
      breakLine();
    } else if (token === ':') {
      line += ': ';
    } else {
      if (frame?.empty) {
        breakLine();
        frame.empty = false;
      }
      // A string in an object is a name unless a colon stands before it.
      if (frame?.list === false && !line.endsWith(': ')) frame.name = String(JSON.parse(token));
      if (mark === undefined && pointer !== '' && pointerOf(frames) === pointer) mark = lines.length;
      add(token);
      if (token === '{' || token === '[') frames.push({ list: token === '[', index: 0, name: '', empty: true });
    }
  }
  lines.push(line);
  return { lines, cut, ...(mark === undefined ? {} : { mark }) };
};
