import { nameSecret } from '../schemas/name-secret.ts';
import type { Watch } from './client.ts';
import type { Way } from './connect.ts';
import { createRedaction } from './redact.ts';
import { isTelling } from './telling.ts';

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
  const named = telling.map(([name, value]) => [nameSecret('header', name), value]);
  return { ...credentials, ...secretsOf(way), ...secrets, ...Object.fromEntries(named) };
}

/** What finds the secrets of a session in an answer, and tells for which of them the API may be blamed. */
export function makeWatch(all: Secretive): Watch {
  return { newRedactor: createRedaction(listMasked(all)), isBlamed: (secret) => isBlamedFor(secret, all) };
}

/** Credentials of the API's own clients. */
const CREDENTIALS = /^(?:token|adminToken|limitedToken|userinfo|credential[A-Z]\w*|password)$/;

/**
 * Whether an API may be blamed for saying a secret again: it is a credential that it was sent and that can be told from a word, or
 * merely looks like anyone's. No setting may change what is found.
 */
function isBlamedFor(secret: string, { secrets, credentials }: Secretive): boolean {
  const [name = ''] = secret.split(':');
  const value = { ...credentials, ...secrets }[name];
  return secret.startsWith('looks-like-') || (CREDENTIALS.test(name) && value !== undefined && isTelling(value));
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
