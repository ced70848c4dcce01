import { copyStart } from '../model/copy-start.ts';
import type { Exchange, ResponseRecord } from '../model/exchange.ts';

/** Longest beginning of a server's own text that is quoted, in characters. */
const LONGEST = 120;

/** What came, in a few words: the status, and of a redirect where it leads; or why no answer did. */
export function describeAnswer({ response, failure }: Exchange): string {
  if (!response) return `got no answer: ${failure?.message ?? 'nothing was received'}`;
  return `got ${response.status}${showLocation(response)}`;
}

/** Where a redirect leads to, to be put behind its status; empty for all else. */
export function showLocation({ status, headers }: Pick<ResponseRecord, 'status' | 'headers'>): string {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (status < 300 || status > 399 || location === undefined) return '';
  return `, which leads to ${beginningOf(location)}`;
}

/** What an answer says itself, to be put behind its status: the beginning of its text, on one line; empty where it says nothing. */
export function showText({ body }: Pick<ResponseRecord, 'body'>): string {
  const text = beginningOf(body);
  return text === '' ? '' : `, and says: ${text}`;
}

/** The beginning of what a server wrote, on one line, with a sign where it goes on. */
export function beginningOf(text: string): string {
  // Not all of a megabyte is looked at for the sake of its beginning.
  const line = text
    .slice(0, 4 * LONGEST)
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > LONGEST || text.length > 4 * LONGEST ? `${copyStart(line, LONGEST)}…` : line;
}
