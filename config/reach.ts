import { rootCertificates } from 'node:tls';
import { readText } from '../documents/read-text.ts';
import { hostOf, isLoopback, normaliseHost } from '../model/host.ts';
import type { Target } from '../runner/session.ts';
import { trustsName } from './guard-target.ts';
import type { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

type Way = NonNullable<Target['way']>;
type Environment = Record<string, string | undefined>;

/** How to get to the API at the settings' URL: proxy, certificates, headers. Throws a SettingsError for a file that cannot be read. */
export function readReach(settings: Settings, env: Environment): Pick<Target, 'way' | 'headers'> {
  const way: Way = {};
  const trust = readTrust(settings, env);
  const tunnel = settings.apiUrl === undefined ? undefined : chooseTunnel(new URL(settings.apiUrl), env);
  if (trust) way.trust = trust;
  if (tunnel) way.tunnel = tunnel;
  if (trustsName(settings)) way.loopbackOnly = true;
  return { way, ...(Object.keys(settings.headers).length > 0 && { headers: settings.headers }) };
}

function readTrust(settings: Settings, env: Environment): Way['trust'] {
  const { caFile, clientCertFile, clientKeyFile, keyPassphrase } = settings;
  const trust: NonNullable<Way['trust']> = {};
  if (caFile !== undefined) {
    // A list of one's own stands in place of Node's: what is trusted anyway has to be named again.
    const others = env.NODE_EXTRA_CA_CERTS;
    trust.ca = [...rootCertificates, ...(others ? [readFile('NODE_EXTRA_CA_CERTS', others)] : [])];
    trust.ca.push(readFile('CONFORMANCE_CA_FILE', caFile));
  }
  if (clientCertFile !== undefined) trust.cert = readFile('CONFORMANCE_CLIENT_CERT_FILE', clientCertFile);
  if (clientKeyFile !== undefined) trust.key = readFile('CONFORMANCE_CLIENT_KEY_FILE', clientKeyFile);
  if (keyPassphrase !== undefined) trust.passphrase = keyPassphrase;
  return Object.keys(trust).length > 0 ? trust : undefined;
}

/** A PEM file has some kilobytes, a bundle of all authorities some hundred; in bytes. */
const MOST_BYTES = 4 * 1024 * 1024;

function readFile(name: string, path: string): string {
  let text = '';
  try {
    text = readText(path, MOST_BYTES);
  } catch (error) {
    throw new SettingsError(
      `${name} names "${path}", which cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`,
    );
  }
  if (!text.includes('-----BEGIN ')) throw new SettingsError(`${name} names "${path}", which is no PEM file.`);
  return text;
}

/** The proxy for a URL: HTTPS_PROXY or HTTP_PROXY in either letter case, unless NO_PROXY names its host. Never for this machine. */
export function chooseTunnel(url: URL, env: Environment): Way['tunnel'] {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = env[name.toLowerCase()] || env[name];
  if (!value || isLoopback(hostOf(url)) || isExcepted(url, env.no_proxy || env.NO_PROXY || '')) return undefined;
  const proxy = URL.canParse(value) ? new URL(value) : undefined;
  const credentials = proxy && decodeCredentials(proxy);
  // The message does not repeat it: it may hold a password.
  if (!proxy || !/^https?:$/.test(proxy.protocol) || credentials === undefined)
    throw new SettingsError(`${name} is no URL of a proxy; expected one such as http://proxy.example.com:3128.`);
  const tls = proxy.protocol === 'https:';
  return {
    tls,
    hostname: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: proxy.port === '' ? (tls ? 443 : 80) : Number(proxy.port),
    ...(credentials !== ':' && { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
  };
}

function decodeCredentials({ username, password }: URL): string | undefined {
  try {
    return [username, password].map(decodeURIComponent).join(':');
  } catch {
    return undefined;
  }
}

/** NO_PROXY as curl and Go read it: `*`, or hosts that also stand for all below them, each with or without a port. */
function isExcepted(url: URL, exceptions: string): boolean {
  const host = hostOf(url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return exceptions
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((each) => {
      if (each === '*') return true;
      // What is a host as a whole has no port: the last part of an IPv6 address may look like one.
      const [, named = each, itsPort] = (normaliseHost(each) === undefined && /^(.*):(\d+)$/.exec(each)) || [];
      const name = normaliseHost(named.replace(/^\*?\./, ''));
      const isName = name !== undefined && (host === name || host.endsWith(`.${name}`));
      return isName && (itsPort === undefined || itsPort === port);
    });
}
