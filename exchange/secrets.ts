import type { Way } from './connect.ts';
import { headerSecret } from './placeholders.ts';

/** Least information that makes a value no mere word, in bits: the number of its characters times their entropy. */
const LEAST_BITS = 48;

/**
 * Whether a value can be told from ordinary text by its length and the variety of its characters: a random token of 16 letters and
 * digits has some 60 bits, `other` or `production` has fewer than 48.
 */
export function isTelling(value: string): boolean {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, count) => sum - count * Math.log2(count / value.length), 0);
  return bits >= LEAST_BITS;
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
export function listMasked({ secrets, credentials, way, headers }: Secretive): Record<string, string> {
  const telling = Object.entries(headers).filter(([, value]) => isTelling(value));
  const named = telling.map(([name, value]) => [headerSecret(name), value]);
  return { ...credentials, ...secretsOf(way), ...secrets, ...Object.fromEntries(named) };
}

/**
 * What an API may be blamed for saying again: the credentials that it was sent, where they can be told from words. A setting must not
 * change what is found.
 */
export function listBlamed({ secrets, credentials }: Secretive): Record<string, string> {
  const { token, adminToken } = secrets;
  const sent = {
    ...credentials,
    ...(token !== undefined && { token }),
    ...(adminToken !== undefined && { adminToken }),
  };
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => isTelling(value)));
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
