import type { Span } from './view.ts';

/**
 * Anyone's secrets, by shape; what a group of the pattern takes comes before it. Each pattern runs in linear time, because a
 * hostile server chooses the text.
 */
const LOOKS_LIKE: [kind: string, pattern: RegExp][] = [
  ['jwt', /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g],
  ['aws-key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['stripe-key', /\b[rs]k_(?:live|test)_[0-9A-Za-z]{10,}/g],
  [
    'private-key',
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s]{0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  ],
  // A challenge such as `Bearer error_description="…"` (RFC 6750 §3) is no token; nor is prose, hence the digit.
  ['bearer', /(\bBearer[ \t]{1,9})(?=[A-Za-z._~+/-]*\d)(?![\w.~+/-]+="[^\s,:}\]])[\w.~+/-]{16,}=*/gi],
];

/** What there is in every one of them. */
const HINT = /eyJ|A[KS]IA|[rs]k_|-----BEGIN|bearer/i;

/** Tells of each place in a text where something has the shape of a secret, and of that with what comes before it. */
export function findShapes(text: string, found: (span: Span, name: string, all: Span) => void): void {
  if (!HINT.test(text)) return;
  for (const [kind, pattern] of LOOKS_LIKE)
    for (const { 0: all, 1: before = '', index } of text.matchAll(pattern)) {
      const end = index + all.length;
      found({ start: index + before.length, end }, `looks-like-${kind}`, { start: index, end });
    }
}

/** Puts what `mark` makes of its name in the place of everything in a text that has the shape of a secret. */
export function replaceShapes(text: string, mark: (name: string) => string): string {
  if (!HINT.test(text)) return text;
  return LOOKS_LIKE.reduce((clean, [kind, pattern]) => {
    // Without a group, an offset comes next.
    const put = (_: string, before: unknown) =>
      `${typeof before === 'string' ? before : ''}${mark(`looks-like-${kind}`)}`;
    return clean.replace(pattern, put);
  }, text);
}
