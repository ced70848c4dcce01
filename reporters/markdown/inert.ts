import { cutText, showBlock, showLine } from '../shared/visible-text.ts';

/** Longest text of a server that stands within a line. */
const LONGEST = 300;

const PLAIN_WORDS = /^(?:[A-Za-z]+|[A-Za-z]+-[a-z]+|\d{1,6})(?:[,;]? (?:[A-Za-z]+|[A-Za-z]+-[a-z]+|\d{1,6}))*\.?$/;

/** The longest run of backticks in a text. */
const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/**
 * A text as Markdown that means nothing but itself: plain words as they are, and anything else in a code span, the only place where
 * GitHub makes no tags, links, mentions, issue numbers or emoji out of it. A pipe, which would end a table cell even there, becomes
 * a broken bar.
 */
export const inert = (text: string): string => {
  const shown = cutText(showLine(text), LONGEST).replaceAll('|', '¦').trim();
  if (shown === '') return '–';
  if (PLAIN_WORDS.test(shown)) return shown;
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
};

/** A command in a fence that nothing in it can close; undefined when it would have to be changed to be shown. */
export const fenced = (command: string): string | undefined => {
  if (showBlock(command) !== command) return undefined;
  const fence = '`'.repeat(Math.max(3, longestRun(command) + 1));
  return `${fence}sh\n${command}\n${fence}`;
};
