import { expect } from 'vitest';
import type { Report } from '../../report/report.ts';
import { readTags } from '../reporters/markup.ts';

/** The longest that a page may become, in characters: one that no browser shows is of no use. */
const LONGEST_PAGE = 8_000_000;

/** What a terminal or a reader could be misled by; line feeds are the report's own. */
export const HIDDEN = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u;

/** What is shown of a run, in every form. */
type Shown = {
  report: Report;
  console: string;
  coloured: string;
  html: string;
  summary: string;
  annotations: string[];
};

/** Asserts that all forms of a report show what a server wrote and do nothing that it says. */
export function expectInert(shown: Shown): void {
  for (const line of shown.annotations) expect(line).toMatch(/^::(?:error|warning) title=[^:,\n]*::[^\n]*$/);
  expect(shown.annotations.join('\n')).not.toMatch(HIDDEN);
  expect(shown.summary).not.toMatch(HIDDEN);
  // Only a line of the report's own begins as a command of a CI system.
  expect(shown.console).not.toMatch(/^\s*::|##\w*\[/m);
  expect(shown.console).not.toMatch(HIDDEN);
  const [first = '', ...pieces] = shown.coloured.split('\u001b');
  // The only escape sequences are colours.
  for (const piece of pieces) expect(piece).toMatch(/^\[\d+m/);
  expect([first, ...pieces].join('')).not.toMatch(HIDDEN);
  expect(shown.html.length).toBeLessThan(LONGEST_PAGE);
  expect(shown.html.replaceAll('\t', '')).not.toMatch(HIDDEN);
  expectPlain(shown.html, shown.report.target.url);
}

/** Asserts that a page runs one script and links to nothing but itself, the target and the sources of the clauses. */
function expectPlain(page: string, target: string): void {
  const tags = readTags(page);
  expect(tags.filter(({ name }) => name === 'script')).toHaveLength(1);
  expect(tags.filter(({ name }) => FOREIGN.includes(name))).toEqual([]);
  for (const { attributes } of tags) {
    for (const [name, value] of attributes) {
      expect(name).not.toMatch(/^on|^src$|^srcdoc$/i);
      if (name !== 'href' || value === target) continue;
      expect(value).toMatch(/^(?:#|https:\/\/)/);
      if (!value.startsWith('#')) expect(value).not.toContain('evil.test');
    }
  }
}

const FOREIGN = ['img', 'iframe', 'object', 'embed', 'base', 'link', 'form', 'video', 'audio'];
