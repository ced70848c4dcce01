import { BACKSLASH, readEscapes } from './escapes.ts';
import { alignSpan, type Span, viewText } from './view.ts';

/**
 * What is found in a text, and by what name; of two that overlap, that of the lower rank names both. One that is `bare` stands
 * among JSON's numbers and not in a string.
 */
export type Hit = { start: number; end: number; name: string; rank: number; bare?: boolean };

/** The mark that takes the place of a secret; it holds no quote and no backslash, so that JSON stays JSON. */
export function markSecret(name: string): string {
  return `«redacted:${name}»`;
}

/** Puts a mark in the place of each hit. What was JSON stays JSON. */
export function replaceHits(text: string, hits: Hit[], mark: (hit: Hit) => string): string {
  if (hits.length === 0) return text;
  const merged = isJson(text) ? fitIntoJson(text, hits) : mergeHits(hits);
  let [clean, done] = ['', 0];
  for (const hit of merged) {
    clean += `${text.slice(done, hit.start)}${hit.bare ? `"${mark(hit)}"` : mark(hit)}`;
    done = hit.end;
  }
  return clean + text.slice(done);
}

/** Hits of which none leaves half an escape or half a number, takes a quote that begins or ends a string, or is bare unnoticed. */
function fitIntoJson(text: string, hits: Hit[]): Hit[] {
  const escapes = readEscapes(viewText(text), BACKSLASH);
  const whole = mergeHits(escapes ? hits.map((hit) => ({ ...hit, ...alignSpan(escapes, hit) })) : hits);
  const quotes = listQuotes(text);
  let [next, done] = [0, 0];
  const fitted = whole.flatMap((hit, index) => {
    while ((quotes[next] ?? text.length) < hit.start) next += 1;
    const inString = next % 2 === 1;
    const within: number[] = [];
    for (; (quotes[next] ?? text.length) < hit.end; next += 1) within.push(quotes[next] ?? 0);
    const bounds = { start: done, end: whole[index + 1]?.start ?? text.length };
    done = hit.end;
    return inString || within.length % 2 === 1 ? splitAt(within, hit, inString) : takeNumbers(text, hit, bounds);
  });
  return mergeHits(fitted);
}

/** Where the strings in JSON begin and end, by turns. */
function listQuotes(text: string): number[] {
  const quotes: number[] = [];
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    let escaped = at;
    while (text[escaped - 1] === '\\') escaped -= 1;
    if ((at - escaped) % 2 === 0) quotes.push(at);
  }
  return quotes;
}

/** What of a hit is in strings. */
function splitAt(quotes: number[], hit: Hit, inString: boolean): Hit[] {
  const ends = [...quotes, hit.end];
  return ends.flatMap((end, index) => {
    const start = index === 0 ? hit.start : (ends[index - 1] ?? 0) + 1;
    return inString === (index % 2 === 0) && start < end ? { ...hit, start, end } : [];
  });
}

/** A hit in no string with all of the numbers at its ends. */
function takeNumbers(text: string, hit: Hit, bounds: Span): Hit {
  const isOfNumber = (at: number) => /[\w.+-]/.test(text[at] ?? '');
  let { start, end } = hit;
  while (start > bounds.start && isOfNumber(start - 1)) start -= 1;
  while (end < bounds.end && isOfNumber(end)) end += 1;
  return { ...hit, start, end, bare: true };
}

/** Those that overlap as one, and bare ones that touch, in the order of the text. */
function mergeHits(hits: Hit[]): Hit[] {
  const merged: Hit[] = [];
  for (const hit of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || hit.start > last.end || (hit.start === last.end && !(hit.bare && last.bare)))
      merged.push(hit);
    else
      merged[merged.length - 1] = {
        ...(hit.rank < last.rank ? hit : last),
        start: last.start,
        end: Math.max(last.end, hit.end),
      };
  }
  return merged;
}

/** Whether a text is an object, a list or a string of JSON. */
function isJson(text: string): boolean {
  if (!/^\s*[[{"]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
