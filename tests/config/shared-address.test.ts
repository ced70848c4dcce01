import { describe, expect, test } from 'vitest';
import { readSettings } from '../../config/settings.ts';
import { findSharedAddress } from '../../config/shared-address.ts';

const SERVERS = ['https://api.vendor.example/api', 'http://localhost:7376/api', 'https://{region}.vendor.example/api'];

const ADDRESSES: Record<string, string[]> = {
  'staging.example.com': ['10.0.0.7', '2001:db8::7'],
  'prod.example.com': ['10.0.0.8', '2001:DB8:0::7'],
  'mapped.example.com': ['::ffff:10.0.0.7'],
  'other.example.com': ['10.0.0.9'],
  'api.vendor.example': ['192.0.2.1'],
  'vendor.internal': ['192.0.2.1'],
  localhost: ['127.0.0.1', '::1'],
  '127.0.0.1': ['127.0.0.1'],
  '10.0.0.7': ['10.0.0.7'],
  '2001:db8::7': ['2001:db8::7'],
};

/** What is said of a target, and which names were looked up. */
async function look(url: string | undefined, hosts: string, change: Record<string, string> = {}) {
  const target = url === undefined ? {} : { API_URL: url, API_TOKEN: 'a-good-token' };
  const env = { ...target, CONFORMANCE_PROTECTED_HOSTS: hosts, ...change };
  const settings = readSettings(env, { statuses: [], targets: ['generic', 'reference'], faults: [] });
  const asked: string[] = [];
  const warning = await findSharedAddress(settings, SERVERS, async (host) => {
    asked.push(host);
    const found = ADDRESSES[host];
    if (!found) throw new Error('ENOTFOUND');
    return found;
  });
  return { warning, asked };
}

describe('an address in common with a protected host', () => {
  test.each([
    ['https://staging.example.com', 'other.example.com,prod.example.com', 'prod.example.com', '[2001:db8::7]'],
    ['https://STAGING.example.com.:8443/api', 'mapped.example.com', 'mapped.example.com', '10.0.0.7'],
    ['https://staging.example.com', '10.0.0.7', '10.0.0.7', '10.0.0.7'],
    ['https://[2001:db8::7]', 'prod.example.com', 'prod.example.com', '[2001:db8::7]'],
    ['https://vendor.internal', '', 'api.vendor.example', '192.0.2.1'],
    ['http://127.0.0.1:7376', 'localhost', 'localhost', '127.0.0.1'],
  ])('is told in one sentence: %s and %s', async (url, hosts, name, address) => {
    const host = new URL(url).hostname.replace(/\.$/, '');
    const { warning } = await look(url, hosts);
    expect(warning).toBe(
      `${host} has the address ${address} in common with ${name}, which is taken for production; name ${host} in CONFORMANCE_PROTECTED_HOSTS if it is production, too.`,
    );
  });

  test.each([
    ['nothing in common', 'https://staging.example.com', 'other.example.com'],
    ['nothing named', 'https://staging.example.com', ''],
    ['the host that is protected itself', 'https://prod.example.com', 'prod.example.com,mapped.example.com'],
    ['names that nobody knows', 'https://staging.example.com', 'nowhere.example.com'],
    ['a target that nobody knows', 'https://nowhere.example.com', 'prod.example.com'],
    ['the contract’s server on this machine', 'http://127.0.0.1:7376', ''],
  ])('is not told of %s', async (_, url, hosts) => {
    expect((await look(url, hosts)).warning).toBeUndefined();
  });

  test('is not looked for below a wildcard, nor once the target is not known', async () => {
    const { asked } = await look('https://staging.example.com', '*.example.org,.example.net,other.example.com');
    expect(asked).toEqual(['staging.example.com', 'other.example.com', 'api.vendor.example']);
    expect((await look('https://nowhere.example.com', 'prod.example.com')).asked).toEqual(['nowhere.example.com']);
  });

  test('is not looked for on the embedded API, nor where the host is protected anyway', async () => {
    expect((await look(undefined, '127.0.0.1,localhost')).asked).toEqual([]);
    expect((await look('https://prod.example.com', 'prod.example.com')).asked).toEqual([]);
  });

  test('is given up in bounded time', async () => {
    const settings = readSettings(
      { API_URL: 'https://staging.example.com', API_TOKEN: 'a-good-token', CONFORMANCE_PROTECTED_HOSTS: 'a.b,c.d' },
      { statuses: [], targets: ['generic'], faults: [] },
    );
    const asked: string[] = [];
    const silent = (host: string) => {
      asked.push(host);
      return host === 'a.b' ? new Promise<string[]>(() => {}) : Promise.resolve(['10.0.0.7']);
    };
    const startedAt = performance.now();
    expect(await findSharedAddress(settings, SERVERS, silent, 50)).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    // One at a time: a look-up that hangs keeps one thread, and not all of them.
    expect(asked).toEqual(['staging.example.com', 'a.b']);
  });
});
