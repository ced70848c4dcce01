import { hostOf, isAddress, isLoopback, normaliseHost } from '../model/host.ts';
import type { Danger } from '../plan/case.ts';
import type { Operation } from '../schemas/contract.ts';
import type { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

/** What may be done to a host that is taken for production, and how many requests a second it gets. */
const PROTECTED = { allow: ['read', 'reject'] as Danger[], maxRps: 2 };

/**
 * The settings within what the target's host may be put through; throws a SettingsError when they ask for more. `servers`
 * are the contract's own base URLs: the hosts of its vendor, which are production.
 */
export function guardTarget(settings: Settings, servers: readonly string[]): Settings {
  if (settings.apiUrl === undefined) return settings;
  const url = new URL(settings.apiUrl);
  const host = hostOf(url);
  if (url.protocol === 'http:' && !settings.allowInsecure && !isLoopback(host)) {
    throw new SettingsError(
      `API_URL is plain http, so that the token could be read on its way to ${host}; use https, or set CONFORMANCE_ALLOW_INSECURE=1.`,
    );
  }
  // This machine, too, once it is named: what listens here may lead to production.
  if (!isProtected(host, protectedNames(settings, servers))) return settings;
  if (settings.confirmHost !== host) {
    throw new SettingsError(
      `${host} is taken for production; set CONFORMANCE_CONFIRM_HOST=${host} to read it and send what it must reject, at most ${PROTECTED.maxRps} requests a second.`,
    );
  }
  const more = settings.allow.find((danger) => !PROTECTED.allow.includes(danger));
  if (more !== undefined) {
    throw new SettingsError(
      `CONFORMANCE_ALLOW names "${more}", and ${host} is taken for production; expected only ${PROTECTED.allow.join(' and ')} there.`,
    );
  }
  return { ...settings, maxRps: Math.min(settings.maxRps ?? PROTECTED.maxRps, PROTECTED.maxRps) };
}

/** Throws a SettingsError when an operation is served below another path than the others, and API_URL does not tell where that is. */
export function guardServers({ apiUrl }: Pick<Settings, 'apiUrl'>, operations: readonly Operation[]): void {
  if (apiUrl === undefined) return;
  const prefix = new URL(apiUrl).pathname.replace(/\/+$/, '');
  for (const { method, path, server } of operations) {
    if (!server || 'elsewhere' in server || prefix.endsWith(server.from)) continue;
    throw new SettingsError(
      `API_URL ends otherwise than the contract's own server (${server.from}), so that nobody can tell where ${method} ${path} is served, which has a server of its own (${server.to || '/'}); expected the same end.`,
    );
  }
}

/** Whether the token travels over plain http only because of a name of this machine, which may lead elsewhere all the same. */
export function trustsName({ apiUrl, allowInsecure }: Pick<Settings, 'apiUrl' | 'allowInsecure'>): boolean {
  if (apiUrl === undefined || allowInsecure) return false;
  const url = new URL(apiUrl);
  return url.protocol === 'http:' && !isAddress(hostOf(url));
}

/** The hosts that are taken for production, each a host or `*.` and the name that it stands below. */
export function protectedNames(
  { protectedHosts }: Pick<Settings, 'protectedHosts'>,
  servers: readonly string[],
): string[] {
  // Where the contract tells everybody to run the API on their own machine, that is nobody's production.
  return [...protectedHosts, ...servers.map(nameOf).filter((name) => !isLoopback(name))];
}

/** A server variable stands for any subdomain, together with what is before it and in the same label. */
function nameOf(server: string): string {
  const name = new URL(server).hostname.replace(/^.*\}[^.]*/, '*');
  return normaliseHost(name) ?? name;
}

/** Whether one of the names is that of a host. */
export function isProtected(host: string, names: readonly string[]): boolean {
  return names.some((name) => (name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name));
}
