/** What a text comes to once it is read, at most: how many values, and how many of them lie within each other. */
export type Survey = { values: number; depth: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];
const LINE_FEED = 0x0a;

/**
 * Looks through a text of JSON without reading it: a few megabytes of brackets come to more than any memory holds. Of a text that is none
 * it says something, too.
 */
export function surveyJson(text: string): Survey {
  let [values, level, depth] = [1, 0, 0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === COMMA) values += 1;
    else if (code === OPEN[0] || code === OPEN[1]) {
      values += 1;
      level += 1;
      if (level > depth) depth = level;
    } else if (code === CLOSE[0] || code === CLOSE[1]) level -= 1;
  }
  return { values, depth };
}

/** Where a string of JSON that begins at an index ends; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  for (let index = text.indexOf('"', start + 1); index >= 0; index = text.indexOf('"', index + 1)) {
    let before = index - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((index - before) % 2 === 1) return index;
  }
  return text.length;
}

/** How many places a text of YAML has where a value may begin: lines, and what brackets and commas part. */
export function countPlaces(text: string): number {
  let places = 1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === LINE_FEED || code === COMMA || code === OPEN[0] || code === OPEN[1]) places += 1;
  }
  return places;
}
