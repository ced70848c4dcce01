import { decodeLoosely } from '../engine/percent.ts';
import { markSecret } from './hits.ts';

/** The name under which somebody's session is masked. */
export const COOKIE = 'set-cookie';

/** A `Set-Cookie` value with the cookie's value masked: a session is a secret, even one that is not ours. */
export function maskCookie(value: string): string {
  return value.replace(/^([^=;]*=)?[^;]*/, (_all, name = '') => `${name}${markSecret(COOKIE)}`);
}

/** The same in bytes that nobody could read as a response, or that stand behind one. */
export function maskCookieLines(text: string): string {
  return text.replace(
    /^(set-cookie:[ \t]{0,8})([^\r\n]*)/gim,
    (_all, name: string, value: string) => name + maskCookie(value),
  );
}

/** What a `Set-Cookie` value sets, as it stands and decoded; not a mere word, such as that of a language or a theme. */
export function sessionsIn(value: string): string[] {
  const set = /^(?:[^=;]*=)?[ \t"]{0,8}([^;"]*)/.exec(value)?.[1]?.trim() ?? '';
  if (set.length < 8 || !(/\d/.test(set) || set.length >= 20)) return [];
  return [...new Set([set, decodeLoosely(set)])];
}
