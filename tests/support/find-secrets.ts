import { randomBytes } from 'node:crypto';
import { findAny } from './find-any.ts';
import { reveal } from './reveal.ts';
import { type Piece, unpack } from './unpack.ts';

/** A secret that is found in one place. */
type Hit = { secret: string; form: string; where: string; around: string };

/** What was searched, and what was found. */
export type Search = { files: number; pieces: number; bytes: number; hits: Hit[] };

/** A value that stands nowhere else: 24 random letters and digits, between the given ends. */
export function makeCanary(before = '', after = ''): string {
  return `${before}${newCore()}${after}`;
}

/** Mixed letters and digits, with none of what an encoding would leave as it is by chance. */
function newCore(): string {
  const text = randomBytes(64)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 24);
  return /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text) && text.length === 24 ? text : newCore();
}

/**
 * Searches pieces, and all that is packed in them, for each secret (name → value) in every form that somebody could read it
 * in. Only the secret's core is searched for, its letters and digits, since encodings differ in what stands around it.
 */
export function searchFor(secrets: Record<string, string>, files: Piece[]): Search {
  const needles = Object.entries(secrets).flatMap(([secret, value]) =>
    [...spell(coreOf(value))].map(([form, text]) => ({ secret, form, text })),
  );
  const pieces = files.flatMap((file) => unpack(file));
  const hits = pieces.flatMap(({ name, bytes }) => {
    const read = reveal(bytes.toString('latin1')).map(
      ([how, text]): Piece => ({ name: `${name}, ${how}`, bytes: Buffer.from(text) }),
    );
    return [{ name, bytes }, ...read].flatMap((piece) =>
      findAny(piece.bytes, needles).map(({ needle: { secret, form }, at }) => {
        return {
          secret,
          form,
          where: piece.name,
          around: piece.bytes.toString('latin1', Math.max(0, at - 60), at + 60),
        };
      }),
    );
  });
  return {
    files: files.length,
    pieces: pieces.length,
    bytes: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
    hits,
  };
}

function coreOf(value: string): string {
  const core = /[A-Za-z0-9]{24}/.exec(value)?.[0];
  if (core === undefined) throw new Error('a canary needs 24 letters and digits in a row');
  return core;
}

/** The forms of a core, by name. Halves stand for the whole, so that one that was cut is found as well. */
function spell(core: string): Map<string, string> {
  const forms = new Map<string, string>();
  const bytes = Buffer.from(core);
  const [head, tail] = [core.slice(0, 12), core.slice(12)];
  for (const [name, half] of [
    ['first half', head],
    ['second half', tail],
  ] as const) {
    forms.set(name, half);
    forms.set(`${name}, upper case`, half.toUpperCase());
    forms.set(`${name}, lower case`, half.toLowerCase());
    const hex = Buffer.from(half).toString('hex');
    forms.set(`${name} in hex`, hex);
    forms.set(`${name} in upper-case hex`, hex.toUpperCase());
    forms.set(`${name} in UTF-16`, [...half].join('\0'));
    forms.set(`${name} in UTF-16, as JSON shows it`, [...half].join('\\u0000'));
  }
  forms.set('percent-encoded', bytes.toString('hex').replace(/../g, '%$&'));
  forms.set('backwards', [...core].reverse().join(''));
  for (const offset of [0, 1, 2]) {
    const whole = inBase64(bytes, offset);
    forms.set(`base64, ${offset} in`, whole);
    forms.set(`base64 for URLs, ${offset} in`, whole.replaceAll('+', '-').replaceAll('/', '_'));
    for (const deep of [0, 1, 2])
      forms.set(`base64 of base64, ${offset} and ${deep} in`, inBase64(Buffer.from(whole), deep));
    // The base64 of bytes in which each letter takes two.
    forms.set(`base64 of UTF-16, ${offset} in`, inBase64(Buffer.from(core, 'utf16le'), offset));
  }
  return forms;
}

/** The base64 of bytes that stand so many bytes into something longer: only digits all of whose bits are theirs. */
function inBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
