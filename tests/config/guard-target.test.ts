import { describe, expect, test } from 'vitest';
import { guardTarget } from '../../config/guard-target.ts';
import { readSettings, type Settings } from '../../config/settings.ts';
import { SettingsError } from '../../config/settings-error.ts';

const CHOICES = { statuses: [404], targets: ['generic', 'reference'], faults: [] };
const SERVERS = [
  'https://api.vendor.example/api',
  'http://localhost:7376/api',
  'https://{region}.vendor.example/api',
  'https://api.{region}.cloud.example/api',
  'https://{tenant}-api.hosted.example/api',
];

function guard(url: string | undefined, env: Record<string, string> = {}): Settings {
  const target = url === undefined ? {} : { API_URL: url, API_TOKEN: 'a-good-token' };
  return guardTarget(readSettings({ ...target, ...env }, CHOICES), SERVERS);
}

function refusalOf(url: string, env: Record<string, string> = {}): string {
  try {
    guard(url, env);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }
  return '';
}

describe('plain http', () => {
  test.each([
    undefined,
    'http://localhost:7376/api',
    'http://127.0.0.9/api',
    'http://[::1]:80',
    'http://api.localhost',
    'http://LOCALHOST.:7376/api',
    'http://api.localhost.',
    'http://127.1',
    'http://0x7f.1/api',
    'http://127.0.0.1.',
    'http://[::ffff:127.0.0.1]:7376',
    'http://[0:0:0:0:0:0:0:1]',
    'http://%6cocalhost',
  ])('is fine on this machine: %s', (url) => {
    expect(guard(url)).toEqual(
      readSettings(url === undefined ? {} : { API_URL: url, API_TOKEN: 'a-good-token' }, CHOICES),
    );
  });

  test.each([
    'http://staging.example.com/api',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://10.0.0.7',
    'http://0.0.0.0',
    'http://[::]',
    'http://128.0.0.1',
    'http://[2001:db8::1]',
  ])('to another machine is refused, and let through when told: %s', (url) => {
    const host = new URL(url).hostname;
    expect(refusalOf(url)).toBe(
      `API_URL is plain http, so that the token could be read on its way to ${host}; use https, or set CONFORMANCE_ALLOW_INSECURE=1.`,
    );
    expect(guard(url, { CONFORMANCE_ALLOW_INSECURE: '1' })).toMatchObject({ apiUrl: url });
  });
});

describe('a host that is taken for production', () => {
  const others = { CONFORMANCE_PROTECTED_HOSTS: 'prod.example.com,*.live.example.com' };
  const HOSTS: [string, Record<string, string>][] = [
    ['api.vendor.example', {}],
    ['eu.vendor.example', {}],
    ['api.eu.cloud.example', {}],
    ['acme-api.hosted.example', {}],
    ['prod.example.com', others],
    ['eu.live.example.com', others],
    ['a.b.live.example.com', others],
  ];

  test.each(HOSTS)('%s has to be confirmed by its name', (host, env) => {
    const url = `https://${host.toUpperCase()}/api`;
    const refusal = `${host} is taken for production; set CONFORMANCE_CONFIRM_HOST=${host} to read it and send what it must reject, at most 2 requests a second.`;
    expect(refusalOf(url, env)).toBe(refusal);
    expect(refusalOf(url, { ...env, CONFORMANCE_CONFIRM_HOST: 'another.example.com' })).toBe(refusal);
  });

  test.each(HOSTS)('%s is then only read, slowly', (host, env) => {
    const confirmed = { ...env, CONFORMANCE_CONFIRM_HOST: host };
    const url = `https://${host}/api`;
    expect(guard(url, confirmed)).toMatchObject({ allow: ['read', 'reject'], maxRps: 2 });
    expect(guard(url, { ...confirmed, CONFORMANCE_MAX_RPS: '50' })).toMatchObject({ maxRps: 2 });
    expect(guard(url, { ...confirmed, CONFORMANCE_MAX_RPS: '1' })).toMatchObject({ maxRps: 1 });
    for (const danger of ['write', 'load', 'fault'])
      expect(refusalOf(url, { ...confirmed, CONFORMANCE_ALLOW: `read,${danger}` })).toBe(
        `CONFORMANCE_ALLOW names "${danger}", and ${host} is taken for production; expected only read and reject there.`,
      );
  });

  test.each([
    ['api.example.com', 'api.example.com.'],
    ['api.example.com.', 'api.example.com'],
    ['api.example.com...', 'API.Example.com'],
    ['api%2eexample.com', 'api.example.com'],
    ['api.example.com%2e', 'api%2Eexample.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'BÜCHER.example'],
    ['ａｐｉ.example.com', 'api.example.com'],
    ['eu.example.com', '.example.com'],
    ['eu.example.com', '*.example.com.'],
    ['eu.example.com.', '*.example.com'],
    ['a.b.EXAMPLE.com.', '.Example.com.'],
    ['eu.bücher.example', '*.BÜCHER.example'],
    ['localhost', 'localhost'],
    ['LOCALHOST.', 'localhost'],
    ['api.localhost', '*.localhost'],
    ['127.0.0.1', '127.0.0.1'],
    ['127.1', '127.0.0.1'],
    ['0x7f.1', '127.0.0.1.'],
    ['[::ffff:127.0.0.1]', '127.0.0.1'],
    ['[::1]', '[::1]'],
    ['[::1]', '::1'],
    ['[0:0:0:0:0:0:0:1]', '[::1]'],
    ['[2001:DB8:0:0::1]', '2001:db8::1'],
    ['[2001:db8::1]', '[2001:DB8:0:0::1]'],
    ['8.0.0.1', '010.0.0.1'],
    ['10.0.0.1', '[::ffff:10.0.0.1]'],
    ['[::ffff:10.0.0.1]', '10.0.0.1'],
    ['[::ffff:a00:1]', '::ffff:10.0.0.1'],
    ['0.0.0.0', '0'],
    ['[::]', '::'],
    ['my_service', 'my_service'],
  ])('%s is the host that is named %s', (host, name) => {
    const env = { CONFORMANCE_PROTECTED_HOSTS: `other.example.com, ${name}`, CONFORMANCE_ALLOW_INSECURE: '1' };
    for (const scheme of ['http', 'https']) {
      const url = `${scheme}://${host}:8443/api`;
      const refusal = refusalOf(url, env);
      expect(refusal).toMatch(/ is taken for production; set CONFORMANCE_CONFIRM_HOST=/);
      // What it asks for will do, and so will any other spelling of it.
      const asked = /CONFORMANCE_CONFIRM_HOST=(\S+)/.exec(refusal)?.[1] ?? '';
      for (const confirmed of [asked, host, host.toUpperCase()])
        expect(guard(url, { ...env, CONFORMANCE_CONFIRM_HOST: confirmed })).toMatchObject({ maxRps: 2 });
    }
  });

  test.each([
    ['example.com', '.example.com'],
    ['localhost.example.com', 'localhost'],
    ['127.0.0.1', 'localhost'],
    ['localhost', '127.0.0.1'],
    ['api.localhost', 'localhost'],
    ['10.0.0.1', '010.0.0.1'],
    ['[::1]', '127.0.0.1'],
    ['notexample.com', '*.example.com'],
  ])('%s is not the host that is named %s', (host, name) => {
    expect(guard(`https://${host}`, { CONFORMANCE_PROTECTED_HOSTS: name }).maxRps).toBeUndefined();
  });

  test('cannot be hidden behind a name that nobody has', () => {
    expect(refusalOf('https://a;b.example.com./', { CONFORMANCE_PROTECTED_HOSTS: '.example.com' })).not.toBe('');
  });

  test('is none of the contract’s servers that are on this machine', () => {
    expect(guard('http://localhost:7376/api', { CONFORMANCE_ALLOW: 'all' }).maxRps).toBeUndefined();
  });

  test.each(['live.example.com', 'notprod.example.com', 'prod.example.com.evil.example', 'vendor.example'])(
    '%s is none',
    (host) => {
      const env = { ...others, CONFORMANCE_ALLOW: 'all' };
      expect(guard(`https://${host}/api`, env).maxRps).toBeUndefined();
    },
  );
});
