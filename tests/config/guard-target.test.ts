import { describe, expect, test } from 'vitest';
import { guardTarget } from '../../config/guard-target.ts';
import { readSettings, type Settings } from '../../config/settings.ts';
import { SettingsError } from '../../config/settings-error.ts';

const CHOICES = { statuses: [404], targets: ['generic', 'reference'], faults: [] };
const SERVERS = ['https://api.vendor.example/api', 'http://localhost:7376/api', 'https://{region}.vendor.example/api'];

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

  test.each(['live.example.com', 'notprod.example.com', 'prod.example.com.evil.example', 'vendor.example'])(
    '%s is none',
    (host) => {
      const env = { ...others, CONFORMANCE_ALLOW: 'all' };
      expect(guard(`https://${host}/api`, env).maxRps).toBeUndefined();
    },
  );
});
