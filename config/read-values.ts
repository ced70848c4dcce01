import { isAddress, normaliseHost } from '../model/host.ts';
import { SettingsError } from './settings-error.ts';

/* How single values are read; each throws a SettingsError when it is wrong. */

/** The parts of a comma-separated list, each once. */
export function list(value: string | undefined): string[] {
  const parts = (value ?? '').split(',').map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

/** A list of at least one: no clause set at all, say, would make every API conformant. */
export function someOf(name: string, value: string, expected: string): string[] {
  const parts = list(value);
  if (parts.length === 0) throw new SettingsError(`${name} is "${value}"; expected ${expected}.`);
  return parts;
}

/** One of some words. */
export function oneOf<Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new SettingsError(`${name} is "${value}"; expected ${choices.join(', ')}.`);
  return found;
}

/** Whether something is on: 1 or 0. */
export function readSwitch(name: string, value: string): boolean {
  return oneOf(name, value, ['0', '1']) === '1';
}

/** A whole number within bounds. */
export function readNumber(name: string, value: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new SettingsError(`${name} is "${value}"; expected a whole number from ${least} to ${most}.`);
  return number;
}

/** A base URL, without a slash at its end; its query goes with every request, so that no credential of the contract may be in it. */
export function readUrl(value: string, carriers: readonly string[]): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? parseUrl(value) : undefined;
  if (!url) throw new SettingsError('API_URL is no URL; expected one such as http://localhost:7376/api.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new SettingsError(`API_URL begins with "${url.protocol}//"; expected http:// or https://.`);
  if (url.username !== '' || url.password !== '')
    throw new SettingsError('API_URL holds a user name or password; expected none: the token belongs in API_TOKEN.');
  if (value.includes('#'))
    throw new SettingsError(
      'API_URL holds a fragment; expected a base URL with its prefix, and a query that all requests have.',
    );
  const key = [...url.searchParams.keys()].find((name) => carriers.includes(name));
  if (key !== undefined)
    throw new SettingsError(
      `API_URL holds the query parameter "${key}", in which the contract wants the credential; that belongs in API_TOKEN.`,
    );
  return value.replace(/\/+(?=\?|$)/, '');
}

function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

/** Fields that the suite sets itself, or that say how long a message is. */
const OWN_HEADERS = /^(?:authorization|accept|connection|content-.*|host|transfer-encoding)$/i;

/** Fields that replace the method of a request where a server or its framework lets them. */
const METHOD_OVERRIDE = /^x-(?:http-)?method(?:-override)?$/i;

/** A JSON object; what is none is told by the complaint alone, since a parser's own message repeats what stands there. */
function parseObject(text: string, complaint: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SettingsError(complaint);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SettingsError(complaint);
  return value as Record<string, unknown>;
}

/** Headers as a JSON object, of which the suite sets none itself; one that carries a credential would let everybody in. */
export function readHeaders(text: string, carriers: readonly string[]): Record<string, string> {
  const complaint = 'CONFORMANCE_HEADERS is no JSON object of texts; expected one such as {"X-Tenant":"acme"}.';
  const headers = parseObject(text, complaint);
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') throw new SettingsError(complaint);
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[!-~](?:[ -~]*[!-~])?$/.test(value))
      throw new SettingsError(`CONFORMANCE_HEADERS holds the header "${name}", whose name or value cannot be sent.`);
    if (METHOD_OVERRIDE.test(name))
      throw new SettingsError(
        `CONFORMANCE_HEADERS holds "${name}", with which a request would have another method than it seems; expected other headers.`,
      );
    if (OWN_HEADERS.test(name))
      throw new SettingsError(
        `CONFORMANCE_HEADERS holds "${name}", which the suite sets itself; expected other headers.`,
      );
  }
  const key = Object.keys(headers).find((name) => carriers.some((each) => each.toLowerCase() === name.toLowerCase()));
  if (key !== undefined)
    throw new SettingsError(
      `CONFORMANCE_HEADERS holds "${key}", in which the contract wants the credential; that belongs in API_TOKEN.`,
    );
  return headers as Record<string, string>;
}

/** Credentials as a JSON object, one for each of the security schemes that need one of their own. */
export function readCredentials(text: string, schemes: readonly string[]): Record<string, string> {
  const complaint = 'API_CREDENTIALS is no JSON object of texts; expected one such as {"appKey":"…"}.';
  const given = parseObject(text, complaint);
  const stray = Object.keys(given).find((name) => !schemes.includes(name));
  if (stray !== undefined)
    throw new SettingsError(
      `API_CREDENTIALS names "${stray}"; expected ${schemes.length > 0 ? schemes.join(', ') : 'nothing, since API_TOKEN is all that the contract asks for'}.`,
    );
  const missing = schemes.find((name) => given[name] === undefined);
  if (missing !== undefined)
    throw new SettingsError(
      `API_CREDENTIALS has no "${missing}", a security scheme that the contract uses beside another; expected its credential there.`,
    );
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, readToken(`API_CREDENTIALS of "${name}"`, String(value))]),
  );
}

/** How a host that somebody means to name can look in its one spelling; a list with the wrong separator, say, cannot. */
const NAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/** A host in its one spelling; a URL in its place, or a host with a port, would never match anything. */
export function readHost(name: string, value: string): string {
  const host = normaliseHost(value) ?? '';
  if (NAME.test(host) || isAddress(host)) return host;
  throw new SettingsError(`${name} names what is no host name; expected one such as api.example.com.`);
}

/** A host, or `*.` (or the dot alone) and the name that it stands below. */
export function readHosts(name: string, value: string): string {
  const parent = /^\*?\.(.*)$/.exec(value)?.[1];
  if (parent === undefined) return readHost(name, value);
  const host = readHost(name, parent);
  if (!isAddress(host)) return `*.${host}`;
  throw new SettingsError(`${name} names what is below an address; expected a name there, such as *.example.com.`);
}

/** A path below the base URL. */
export function readPath(value: string): string {
  if (!/^\/[!-~]+$/.test(value))
    throw new SettingsError(
      `API_RESTRICTED names "${value}"; expected a path below the base URL, such as /sinks/internal.`,
    );
  return value;
}

/** A token goes into a header as it is: printable ASCII without spaces, or the request could not be sent. */
export function readToken(name: string, value: string): string {
  if (!/^[!-~]{8,}$/.test(value))
    throw new SettingsError(`${name} is not a token; expected at least 8 printable ASCII characters without spaces.`);
  return value;
}
