import type { Watch } from './client.ts';
import type { Way } from './connect.ts';
import { headerSecret } from './placeholders.ts';
import { createRedaction } from './redact.ts';

/** Least information that makes a value no mere word, in bits: the number of its characters times their entropy. */
const LEAST_BITS = 48;

/** From this length on, in characters, a value is no word, whatever it is made of. */
const LONG = 32;

/**
 * Whether a value can be told from ordinary text by its length and the variety of its characters: a random token of 16 letters and
 * digits has some 60 bits, `other` or `production` has fewer than 48; and no word has a digit in it, or capitals past its beginning.
 */
export function isTelling(value: string): boolean {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, count) => sum - count * Math.log2(count / value.length), 0);
  return bits >= LEAST_BITS && (value.length >= LONG || /\d|[a-z][A-Z]/.test(value));
}

/** Everything of a session that may be secret. */
export type Secretive = {
  /** Tokens and a profile's secrets by the names of their placeholders. */
  secrets: Record<string, string>;
  /** What the base URL holds. */
  credentials: Record<string, string>;
  way: Way;
  headers: Record<string, string>;
};

/**
 * What must never be shown, by name. Tokens, passwords and passphrases always: to mask a word costs readability only. Headers for
 * every request may be ordinary words, so that they count where they can be told from such.
 */
function listMasked({ secrets, credentials, way, headers }: Secretive): Record<string, string> {
  const telling = Object.entries(headers).filter(([, value]) => isTelling(value));
  const named = telling.map(([name, value]) => [headerSecret(name), value]);
  return { ...credentials, ...secretsOf(way), ...secrets, ...Object.fromEntries(named) };
}

/** What finds the secrets of a session in an answer, and tells for which of them the API may be blamed. */
export function makeWatch(all: Secretive): Watch {
  return { newRedactor: createRedaction(listMasked(all)), isBlamed: (secret) => isBlamedFor(secret, all) };
}

/** Credentials of the API's own clients. */
const CREDENTIALS = ['token', 'adminToken', 'userinfo'];

/**
 * Whether an API may be blamed for saying a secret again: it is a credential that it was sent and that can be told from a word, or
 * merely looks like anyone's. No setting may change what is found.
 */
function isBlamedFor(secret: string, { secrets, credentials }: Secretive): boolean {
  const [name = ''] = secret.split(':');
  const value = { ...credentials, ...secrets }[name];
  return secret.startsWith('looks-like-') || (CREDENTIALS.includes(name) && value !== undefined && isTelling(value));
}

/** What must never be shown of how the target is reached. */
function secretsOf({ tunnel, trust }: Way): Record<string, string> {
  const secrets: Record<string, string> = {};
  if (tunnel?.authorization !== undefined) {
    const pair = Buffer.from(tunnel.authorization.replace(/^Basic /, ''), 'base64').toString('utf8');
    secrets.proxy = pair;
    secrets.proxyPassword = pair.slice(pair.indexOf(':') + 1);
  }
  if (trust?.passphrase !== undefined) secrets.passphrase = trust.passphrase;
  return secrets;
}
