import type { Danger } from '../engine/case.ts';
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
  const { protocol, hostname: host } = new URL(settings.apiUrl);
  if (protocol === 'http:' && !isLoopback(host) && !settings.allowInsecure) {
    throw new SettingsError(
      `API_URL is plain http, so that the token could be read on its way to ${host}; use https, or set CONFORMANCE_ALLOW_INSECURE=1.`,
    );
  }
  const names = [...settings.protectedHosts, ...servers.map(hostOf)];
  if (isLoopback(host) || !names.some((name) => isNamed(host, name))) return settings;
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

/** A server variable at the beginning stands for any subdomain. */
function hostOf(server: string): string {
  return new URL(server).hostname.replace(/^\{[^}]*\}/, '*');
}

/** Whether a host, as it stands in a URL, is this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

function isNamed(host: string, name: string): boolean {
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name;
}
