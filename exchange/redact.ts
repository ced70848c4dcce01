import type { Exchange } from '../model/exchange.ts';
import { decodeLoosely } from '../model/percent.ts';
import { changeSecret } from './placeholders.ts';
import { base64At } from './spellings.ts';
import { splitAtBeginning, splitAtText, splitAtWhole } from './split.ts';

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
  /** Takes what a `Set-Cookie` value sets for a secret, too, where it is long and odd enough to be one; finding it is no echo. */
  learnCookie(value: string): void;
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

/** The name under which somebody's session is masked. */
const COOKIE = 'set-cookie';

/** So many sessions of one answer are looked for in the rest of it, and longer ones only as they stand: the server chooses them. */
const MOST_SESSIONS = 20;
const LONGEST_SPELLED = 256;

/** What requests may name as changed. Not all secrets: V8 compiles only so many patterns well. */
const CHANGEABLE = new Set(['token', 'adminToken']);

/** Shortest half secret at a cut end that is masked; shorter ones tell little and match by chance. */
const MIN_HALF = 4;

/** Prepares redaction for secrets (name → value; shorter than 4 characters cannot be told from text, and stay). */
export function createRedaction(secrets: Record<string, string>): () => Redactor {
  const values: [name: string, value: string][] = [];
  for (const [name, value] of Object.entries(secrets)) {
    if (value.length < 4) continue;
    values.push([name, value]);
    if (CHANGEABLE.has(name)) values.push([`${name}:changed`, changeSecret(value)]);
  }
  // The longest first, so that a password goes with the user name before it.
  values.sort(([, a], [, b]) => b.length - a.length);
  const known = values.map(([name, value]) => ({ name, split: splitAtWhole(value) }));
  // After all that is whole: the beginning of one may be that of another. A configured header may begin like any other text.
  for (const [name, value] of values.filter(([each]) => !/^header[A-Z]/.test(each)))
    known.push(...splitAtBeginning(value).map((split) => ({ name, split })));
  const halves = listHalves(values);

  return () => {
    const found = new Map<string, Exchange['echoed'][number]>();
    let [ours, ends] = [known, halves];
    const sessions = new Set<string>();
    const note = (secret: string, where: Where) => {
      if (secret !== COOKIE) found.set(`${secret} ${where}`, { secret, where });
      return marker(secret);
    };
    const text = (value: string, where: Where, cut: CutEnds = {}): string => {
      // Text and marks by turns: what one secret leaves in its place is not searched for the next.
      let parts = [value];
      for (const { name, split } of ours)
        parts = parts.flatMap((part, index) =>
          index % 2 === 1 ? part : split(part).flatMap((rest, at) => (at === 0 ? rest : [note(name, where), rest])),
        );
      let clean = maskHalves(parts.join(''), ends, cut);
      for (const [kind, pattern] of LOOKS_LIKE) clean = clean.replace(pattern, () => note(`looks-like-${kind}`, where));
      return clean;
    };
    // Byte by byte, since bytes need not be text; the marker alone is then turned into UTF-8.
    const toBytes = (clean: string) =>
      Buffer.from(
        clean.replace(/«redacted:[^»]*»/g, (mark) => Buffer.from(mark).toString('latin1')),
        'latin1',
      );
    return {
      text,
      learnCookie: (value) => {
        const fresh = sessionsIn(value).filter((each) => !sessions.has(each));
        for (const each of fresh.slice(0, MOST_SESSIONS - sessions.size)) {
          sessions.add(each);
          const isLong = each.length > LONGEST_SPELLED;
          ours = [...ours, { name: COOKIE, split: isLong ? splitAtText(each) : splitAtWhole(each) }];
          if (!isLong) ends = [...ends, ...listHalves([[COOKIE, each]])];
        }
      },
      bytes: (value, where, cut) => {
        const clean = text(value.toString('latin1'), where, cut);
        // UTF-16: a secret is found once the zeros are gone, and they then stay away.
        const dense = clean.replaceAll('\0', '');
        const cleaner = dense === clean ? dense : text(dense, where, cut);
        return toBytes(cleaner === dense ? clean : cleaner);
      },
      echoed: () => [...found.values()],
    };
  };
}

/** A `Set-Cookie` value with the cookie's value masked: a session is a secret, even one that is not ours. */
export function maskCookie(value: string): string {
  return value.replace(/^([^=;]*=)?[^;]*/, (_all, name = '') => `${name}${marker(COOKIE)}`);
}

/** The same in bytes that nobody could read as a response, or that stand behind one. */
export function maskCookieLines(text: string): string {
  return text.replace(
    /^(set-cookie:[ \t]{0,8})([^\r\n]*)/gim,
    (_all, name: string, value: string) => name + maskCookie(value),
  );
}

/** What a `Set-Cookie` value sets, as it stands and decoded; not a mere word, such as that of a language or a theme. */
function sessionsIn(value: string): string[] {
  const set = /^(?:[^=;]*=)?[ \t"]{0,8}([^;"]*)/.exec(value)?.[1]?.trim() ?? '';
  if (set.length < 8 || !(/\d/.test(set) || set.length >= 20)) return [];
  return [...new Set([set, decodeLoosely(set)])];
}

function marker(name: string): string {
  return `«redacted:${name}»`;
}

/** A form that a secret may stand in, for what is cut off in the middle of it. */
type Half = { name: string; form: string };

function listHalves(values: [name: string, value: string][]): Half[] {
  const names = new Map<string, string>();
  for (const [name, value] of values) for (const form of formsOf(value)) if (!names.has(form)) names.set(form, name);
  return [...names].map(([form, name]) => ({ name, form })).sort((a, b) => b.form.length - a.form.length);
}

/** The commonest ways in which a server may write a secret back, as text and as the bytes of that text read as Latin-1. */
function formsOf(value: string): Set<string> {
  const encoded = encodeURIComponent(value);
  const json = JSON.stringify(value).slice(1, -1);
  const lowerCase = encoded.replace(/%../g, (hex) => hex.toLowerCase());
  const bytes = Buffer.from(value, 'utf8');
  const hex = bytes.toString('hex');
  const inBase64 = [0, 1, 2].flatMap((offset) => base64At(bytes, offset));
  const forUrls = inBase64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  const plain = [value, encoded, lowerCase, json, json.replaceAll('/', '\\/'), hex, hex.toUpperCase()];
  const forms = [...plain, ...inBase64, ...forUrls];
  return new Set([...forms, ...forms.map((form) => Buffer.from(form, 'utf8').toString('latin1'))]);
}

/** Masks what may be half a secret at a cut end. It is not counted as an echo: half a secret may be chance. */
function maskHalves(text: string, halves: Half[], cut: CutEnds): string {
  let clean = text;
  for (const { name, form } of halves) {
    const mark = marker(name);
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
