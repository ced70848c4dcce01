import type { Exchange } from '../model/exchange.ts';
import type { CutEnds } from './find-halves.ts';
import { findHits, isHalf, prepareSearch } from './find-hits.ts';
import { type Hit, markSecret, replaceHits } from './hits.ts';
import { COOKIE, sessionsIn } from './mask-cookie.ts';
import { listNeedles } from './needles.ts';
import { changeSecret } from './placeholders.ts';
import { redactValue } from './redact-value.ts';
import { replaceShapes } from './shapes.ts';

/** Where a secret was found. */
type Where = Exchange['echoed'][number]['where'];

/**
 * Removes secrets from what one exchange brought, and remembers which it found and where. A secret is replaced by
 * `«redacted:<name>»`, and what merely looks like one by `«redacted:looks-like-<kind>»`, reported in `echoed` under that name.
 */
export type Redactor = {
  text(text: string, where: Where, cut?: CutEnds): string;
  bytes(bytes: Buffer, where: Where, cut?: CutEnds): Buffer;
  /** Whatever JSON takes: strings, keys and numbers at any depth. What did not change is shared with what was given. */
  value<Value>(value: Value, where: Where): Value;
  /** Takes what a `Set-Cookie` value sets for a secret, too, where it is long and odd enough to be one; finding it is no echo. */
  learnCookie(value: string): void;
  echoed(): Exchange['echoed'];
};

/** So many sessions of one answer are looked for in the rest of it: the server chooses them. */
const MOST_SESSIONS = 20;

/** What requests may name as changed. */
const CHANGEABLE = /^(?:token|adminToken|password|credential[A-Z]\w*)$/;

/** Prepares redaction for secrets (name → value; shorter than 4 characters cannot be told from text, and stay). */
export function createRedaction(secrets: Record<string, string>): () => Redactor {
  const values = Object.entries(secrets).flatMap(([name, value]): [name: string, value: string][] =>
    CHANGEABLE.test(name) && value !== ''
      ? [
          [name, value],
          [`${name}:changed`, changeSecret(value)],
        ]
      : [[name, value]],
  );
  // The longest first, so that a password goes with the user name before it. A configured header may begin like any other text.
  values.sort(([, a], [, b]) => b.length - a.length);
  const known = prepareSearch(values.flatMap(([name, value]) => listNeedles(name, value, !/^header[A-Z]/.test(name))));

  return () => {
    const found = new Map<string, Exchange['echoed'][number]>();
    const sessions = new Set<string>();
    let search = known;
    const note = (secret: string, where: Where) => {
      found.set(`${secret} ${where}`, { secret, where });
      return markSecret(secret);
    };
    const text = (value: string, where: Where, cut: CutEnds = {}): string => {
      const mark = (hit: Hit) => (hit.name === COOKIE || isHalf(hit) ? markSecret(hit.name) : note(hit.name, where));
      const clean = replaceHits(value, findHits(value, search, cut), mark);
      return replaceShapes(clean, (name) => note(name, where));
    };
    return {
      text,
      bytes: (value, where, cut) => {
        const latin1 = value.toString('latin1');
        const clean = text(latin1, where, cut);
        if (clean === latin1) return value;
        return toBytes(isUtf16(value) ? clean.replaceAll('\0', '') : clean);
      },
      value: <Value>(value: Value, where: Where) => redactValue(value, (each) => text(each, where)) as Value,
      learnCookie: (value) => {
        const fresh = sessionsIn(value)
          .filter((each) => !sessions.has(each))
          .slice(0, MOST_SESSIONS - sessions.size);
        for (const each of fresh) sessions.add(each);
        search = prepareSearch([...search.needles, ...fresh.flatMap((each) => listNeedles(COOKIE, each, false))]);
      },
      echoed: () => [...found.values()],
    };
  };
}

/** Bytes that were read as Latin-1, since bytes need not be text; the marks alone are turned into UTF-8. */
function toBytes(clean: string): Buffer {
  return Buffer.from(
    clean.replace(/«redacted:[^»]*»/g, (mark) => Buffer.from(mark).toString('latin1')),
    'latin1',
  );
}

/** Whether nearly every other byte is zero, as in UTF-16 of ASCII. With a mark in it, that is none any more, and its zeros are in the way. */
function isUtf16(bytes: Buffer): boolean {
  return bytes.reduce((zeros, byte) => (byte === 0 ? zeros + 1 : zeros), 0) * 3 > bytes.length;
}
