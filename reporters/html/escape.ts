import { createHash } from 'node:crypto';
import { showBlock, showLine } from '../shared/visible-text.ts';

/** Markup that is safe to put into the page; only `html`, `block` and `trust` make it. */
export type Html = { readonly markup: string };

/** What may stand in an `html` template; text is escaped, nothing else is needed to be safe. */
export type Part = Html | string | number | undefined | readonly Part[];

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

const escapeMarkup = (text: string): string => text.replace(/[&<>"'`]/g, (character) => ENTITY[character] ?? '');

const render = (part: Part): string => {
  if (part === undefined) return '';
  if (typeof part === 'string') return escapeMarkup(showLine(part));
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(render).join('');
};

/**
 * Template tag: what is written in the template is markup, what is put in is text and gets escaped, hidden characters made
 * visible. Attribute values must stand in double quotes. The template's own indentation is left out.
 */
export const html = (template: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: template.reduce((markup, text, index) => markup + text.replace(/\n\s*/g, '\n') + render(parts[index]), ''),
});

/** Text for a `<pre>`: escaped, with its line feeds and tabs kept. */
export const block = (text: string): Html => ({ markup: escapeMarkup(showBlock(text)) });

/** Markup from a constant of this program, unescaped. Never for anything that was read. */
export const trust = (markup: string): Html => ({ markup });

/** An anchor id of letters, digits, `-`, `_` and `.`; names that lose something on the way get a digest, so none collide. */
export const anchorOf = (kind: string, name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 60);
  const digest = plain === name ? '' : `-${createHash('sha256').update(name).digest('hex').slice(0, 10)}`;
  return `${kind}-${plain}${digest}`;
};

/** A link to a web page, or the bare label when the URL is not http or https. */
export const webLink = (url: string | undefined, label: Part): Html => {
  const parsed = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) return html`${label}`;
  return html`<a href="${parsed.href}" rel="noopener noreferrer" target="_blank">${label}</a>`;
};
