/** Anyone's secrets, by shape. Each pattern runs in linear time, because a hostile server chooses the text. */
export const SECRET_SHAPES: readonly [kind: string, pattern: RegExp][] = [
  ['jwt', /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g],
  ['aws-key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['stripe-key', /\b[rs]k_(?:live|test)_[0-9A-Za-z]{10,}/g],
  [
    'private-key',
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s]{0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  ],
  // A challenge such as `Bearer error_description="…"` (RFC 6750 §3) is no token; nor is prose, hence the digit.
  ['bearer', /(?<=\bBearer[ \t])[ \t]{0,8}(?=[A-Za-z._~+/-]*\d)(?![\w.~+/-]+="[^\s,:}\]])[\w.~+/-]{16,}=*/gi],
];
