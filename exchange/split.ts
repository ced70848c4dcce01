import { type Spelling, spellBeginning, spellSecret } from './spellings.ts';

/** Finds a secret in a text, and yields what stands around it. */
export type Split = (text: string) => string[];

/** Longest secret with one pattern for all spellings. V8 takes the square of a pattern's length to compile it, if it can at all. */
const LONGEST_WHOLE = 96;

/** Most characters of a spelling in one pattern. */
const PIECE = 64;

/** Finds a secret as it stands. */
export function splitAtText(value: string): Split {
  return (text) => text.split(value);
}

/** Finds a secret in all its spellings. One pattern for all secrets would be too large for V8 to compile, and slow. */
export function splitAtWhole(value: string): Split {
  // The longest first, so that padding goes with its base64.
  const spellings = spellSecret(value).sort((a, b) => b.length - a.length);
  if (value.length > LONGEST_WHOLE) {
    const splits = spellings.map((spelling) => splitAtRun(spelling, spelling.length));
    return (text) => splits.reduce((parts, split) => parts.flatMap(split), [text]);
  }
  const pattern = new RegExp(spellings.map((spelling) => spelling.join('')).join('|'), 'g');
  return (text) => (text.search(pattern) < 0 ? [text] : text.split(pattern));
}

/** Finds the beginning of a secret; nothing where that would be found by chance. */
export function splitAtBeginning(value: string): Split[] {
  const beginning = spellBeginning(value);
  return beginning ? [splitAtRun(beginning.spelling, beginning.least)] : [];
}

/** Finds at least so many characters of a spelling, piece by piece, and takes any that follow. */
function splitAtRun(spelling: Spelling, least: number): Split {
  const count = Math.ceil(least / PIECE);
  const pieces = compileWhenAsked(count, (at) =>
    spelling.slice(at * PIECE, Math.min((at + 1) * PIECE, least)).join(''),
  );
  const more = compileWhenAsked(spelling.length - least, (at) => spelling[least + at] ?? '');
  const first = new RegExp(spelling.slice(0, Math.min(PIECE, least)).join(''), 'g');
  return (text) => {
    const around: string[] = [];
    let from = 0;
    // Not by matchAll: it works on a copy of the pattern, which V8 compiles only the second time it runs.
    first.lastIndex = 0;
    for (let match = first.exec(text); match !== null; match = first.exec(text)) {
      const [whole, end] = follow(pieces, 1, first.lastIndex, text);
      first.lastIndex = match.index + 1;
      if (!whole) continue;
      around.push(text.slice(from, match.index));
      [, from] = follow(more, 0, end, text);
      first.lastIndex = from;
    }
    return [...around, text.slice(from)];
  };
}

/** Patterns that stand one behind the other; most are never needed, and so never made. */
type Patterns = { count: number; at: (index: number) => RegExp };

function compileWhenAsked(count: number, source: (index: number) => string): Patterns {
  const made = new Map<number, RegExp>();
  const at = (index: number) => {
    const pattern = made.get(index) ?? new RegExp(source(index), 'y');
    made.set(index, pattern);
    return pattern;
  };
  return { count, at };
}

/** Whether all patterns from an index on stand in the text from an offset on, and where those end that do. */
function follow({ count, at }: Patterns, index: number, offset: number, text: string): [whole: boolean, end: number] {
  let end = offset;
  for (let next = index; next < count; next += 1) {
    const pattern = at(next);
    pattern.lastIndex = end;
    if (!pattern.test(text)) return [false, end];
    end = pattern.lastIndex;
  }
  return [true, end];
}
