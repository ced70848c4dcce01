import { SECRET_SHAPES } from '../model/secret-shapes.ts';
import type { Span } from './view.ts';

/** What there is in every one of them. */
const HINT = /eyJ|A[KS]IA|[rs]k_|-----BEGIN|bearer/i;

/** Tells of each place in a text where something has the shape of a secret, and of that with what comes before it. */
export function findShapes(text: string, found: (span: Span, name: string, all: Span) => void): void {
  if (!HINT.test(text)) return;
  for (const [kind, pattern] of SECRET_SHAPES)
    for (const { 0: all, 1: before = '', index } of text.matchAll(pattern)) {
      const end = index + all.length;
      found({ start: index + before.length, end }, `looks-like-${kind}`, { start: index, end });
    }
}

/** Puts what `mark` makes of its name in the place of everything in a text that has the shape of a secret. */
export function replaceShapes(text: string, mark: (name: string) => string): string {
  if (!HINT.test(text)) return text;
  return SECRET_SHAPES.reduce((clean, [kind, pattern]) => {
    // Without a group, an offset comes next.
    const put = (_: string, before: unknown) =>
      `${typeof before === 'string' ? before : ''}${mark(`looks-like-${kind}`)}`;
    return clean.replace(pattern, put);
  }, text);
}
