import { SECRET_SHAPES } from '../model/secret-shapes.ts';
import type { Span } from './view.ts';

/** What there is in every one of them. */
const HINT = /eyJ|A[KS]IA|[rs]k_|-----BEGIN|bearer/i;

/** Tells of each place in a text where something has the shape of a secret. */
export function findShapes(text: string, found: (span: Span, name: string) => void): void {
  if (!HINT.test(text)) return;
  for (const [kind, pattern] of SECRET_SHAPES)
    for (const {
      0: { length },
      index,
    } of text.matchAll(pattern))
      if (length > 0) found({ start: index, end: index + length }, `looks-like-${kind}`);
}

/** Puts what `mark` makes of its name in the place of everything in a text that has the shape of a secret. */
export function replaceShapes(text: string, mark: (name: string) => string): string {
  if (!HINT.test(text)) return text;
  return SECRET_SHAPES.reduce(
    (clean, [kind, pattern]) => clean.replace(pattern, () => mark(`looks-like-${kind}`)),
    text,
  );
}
