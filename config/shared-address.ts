import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostOf, normaliseHost } from '../model/host.ts';
import { isProtected, protectedNames } from './guard-target.ts';
import type { Settings } from './settings.ts';

/** The addresses of a host; rejects when there are none. */
type LookUp = (host: string) => Promise<string[]>;

/** Longest that all look-ups may take, in milliseconds. */
const WITHIN_MS = 2000;

/**
 * One sentence when the target has an address in common with a host that is taken for production, and is not taken for it
 * itself. It is no proof, since many hosts may be behind one address, and so no reason to refuse.
 */
export async function findSharedAddress(
  settings: Pick<Settings, 'apiUrl' | 'protectedHosts'>,
  servers: readonly string[],
  lookUp: LookUp = findAddresses,
  withinMs: number = WITHIN_MS,
): Promise<string | undefined> {
  if (settings.apiUrl === undefined) return undefined;
  const host = hostOf(new URL(settings.apiUrl));
  const names = protectedNames(settings, servers);
  if (isProtected(host, names)) return undefined;
  const exact = names.filter((name) => !name.startsWith('*.'));
  const given = new AbortController();
  const search = async (): Promise<string | undefined> => {
    const own = await addressesOf(host, lookUp);
    // One at a time: Node has four threads for look-ups, and the run needs them, too.
    for (const name of own.length > 0 ? exact : []) {
      if (given.signal.aborted) return undefined;
      const shared = (await addressesOf(name, lookUp)).find((address) => own.includes(address));
      if (shared !== undefined) return describe(host, shared, name);
    }
    return undefined;
  };
  const late = sleep(withinMs, undefined, { signal: given.signal }).catch(() => undefined);
  return Promise.race([search(), late]).finally(() => given.abort());
}

async function addressesOf(host: string, lookUp: LookUp): Promise<string[]> {
  const found = await lookUp(host.replace(/^\[(.*)\]$/, '$1')).catch(() => []);
  return found.flatMap((address) => normaliseHost(address) ?? []);
}

async function findAddresses(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

function describe(host: string, address: string, name: string): string {
  return `${host} has the address ${address} in common with ${name}, which is taken for production; name ${host} in CONFORMANCE_PROTECTED_HOSTS if it is production, too.`;
}
