import type { Exchange } from '../engine/exchange.ts';
import { changeSecret } from './placeholders.ts';

/** Where a secret was found. */
type Where = Exchange['echoed'][number]['where'];

/** Which ends of a piece may be the middle of something longer, so that half a secret may stand there. */
type CutEnds = { start?: boolean; end?: boolean };

/**
 * Removes secrets from what one exchange brought, and remembers which it found and where. A secret is replaced by
 * `«redacted:<name>»`, and what merely looks like one by `«redacted:looks-like-<kind>»`, reported in `echoed` under that name.
 * The marker holds no quote and no backslash, so that JSON stays JSON.
 */
export type Redactor = {
  text(text: string, where: Where, cut?: CutEnds): string;
  bytes(bytes: Buffer, where: Where, cut?: CutEnds): Buffer;
  echoed(): Exchange['echoed'];
};

/** Anyone's secrets, by shape. Each pattern runs in linear time, because a hostile server chooses the text. */
const LOOKS_LIKE: [kind: string, pattern: RegExp][] = [
  ['jwt', /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g],
  ['aws-key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['stripe-key', /\b[rs]k_(?:live|test)_[0-9A-Za-z]{10,}/g],
  [
    'private-key',
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[A-Za-z0-9+/=\s]|\\[nrt]){0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  ],
  // A challenge such as `Bearer error_description="…"` (RFC 6750 §3) is no token; nor is prose, hence the digit.
  ['bearer', /(?<=\bBearer[ \t])[ \t]{0,8}(?=[A-Za-z._~+/-]*\d)(?![\w.~+/-]+="[^\s,:}\]])[\w.~+/-]{16,}=*/gi],
];

/** Shortest half secret at a cut end that is masked; shorter ones tell little and match by chance. */
const MIN_HALF = 4;

/** Prepares redaction for secrets (name → value; shorter than 4 characters cannot be told from text, and stay). */
export function createRedaction(secrets: Record<string, string>): () => Redactor {
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(secrets)) {
    if (value.length < 4) continue;
    for (const form of formsOf(value)) names.set(form, name);
    for (const form of formsOf(changeSecret(value)))
      if (!names.has(form)) names.set(form, name.includes(':') ? name : `${name}:changed`);
  }
  // The longest first, so that padding goes with its base64.
  const forms = [...names.keys()].sort((a, b) => b.length - a.length);
  const known = forms.length === 0 ? undefined : new RegExp(forms.map(escapePattern).join('|'), 'g');

  return () => {
    const found = new Map<string, Exchange['echoed'][number]>();
    const note = (secret: string, where: Where) => {
      found.set(`${secret} ${where}`, { secret, where });
      return marker(secret);
    };
    const text = (value: string, where: Where, cut: CutEnds = {}): string => {
      let clean = known ? value.replace(known, (form) => note(names.get(form) ?? 'secret', where)) : value;
      clean = maskHalves(clean, forms, names, cut);
      for (const [kind, pattern] of LOOKS_LIKE) clean = clean.replace(pattern, () => note(`looks-like-${kind}`, where));
      return clean;
    };
    return {
      text,
      // Byte by byte, since bytes need not be text; the marker alone is then turned into UTF-8.
      bytes: (value, where, cut) =>
        Buffer.from(
          text(value.toString('latin1'), where, cut).replace(/«redacted:[^»]*»/g, (mark) =>
            Buffer.from(mark).toString('latin1'),
          ),
          'latin1',
        ),
      echoed: () => [...found.values()],
    };
  };
}

/** A `Set-Cookie` value with the cookie's value masked: a session is a secret, even one that is not ours. */
export function maskCookie(value: string): string {
  return value.replace(/^([^=;]*=)?[^;]*/, (_all, name = '') => `${name}${marker('set-cookie')}`);
}

function marker(name: string): string {
  return `«redacted:${name}»`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The ways in which a server may write a secret back. */
function formsOf(value: string): Set<string> {
  const encoded = encodeURIComponent(value);
  const json = JSON.stringify(value).slice(1, -1);
  const plain = [
    value,
    encoded,
    encoded.replace(/%../g, (hex) => hex.toLowerCase()),
    json,
    json.replaceAll('/', '\\/'),
  ];
  const bytes = Buffer.from(value, 'utf8');
  const inBase64 = [0, 1, 2].flatMap((offset) => base64At(bytes, offset));
  const forms = [...plain, ...inBase64, ...inBase64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
  // Both as text and as the bytes of that text, since the bytes are searched as Latin-1.
  return new Set([...forms, ...forms.map((form) => Buffer.from(form, 'utf8').toString('latin1'))]);
}

/** The base64 of a secret that stands `offset` (mod 3) bytes into something longer, such as `user:token` (RFC 7617 §2). */
function base64At(bytes: Buffer, offset: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  // Only characters all of whose six bits come from the secret.
  const core = whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  return [...(offset === 0 ? [whole] : []), ...(core.length >= 8 ? [core] : [])];
}

/** Masks what may be half a secret at a cut end. It is not counted as an echo: half a secret may be chance. */
function maskHalves(text: string, forms: string[], names: Map<string, string>, cut: CutEnds): string {
  let clean = text;
  for (const form of forms) {
    const mark = marker(names.get(form) ?? 'secret');
    const most = Math.min(form.length - 1, clean.length);
    if (cut.end)
      for (let n = most; n >= MIN_HALF; n -= 1)
        if (clean.endsWith(form.slice(0, n))) clean = `${clean.slice(0, clean.length - n)}${mark}`;
    if (cut.start)
      for (let n = most; n >= MIN_HALF; n -= 1)
        if (clean.startsWith(form.slice(-n))) clean = `${mark}${clean.slice(n)}`;
  }
  return clean;
}
