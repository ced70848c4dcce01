import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chooseTunnel, readReach } from '../../config/reach.ts';
import { readSettings } from '../../config/settings.ts';

const PROXY = 'http://jo%40x:s%3Aecret@proxy.example.com:3128';
const TUNNEL = {
  tls: false,
  hostname: 'proxy.example.com',
  port: 3128,
  authorization: `Basic ${Buffer.from('jo@x:s:ecret').toString('base64')}`,
};

function reachOf(env: Record<string, string>) {
  const target = { API_URL: 'https://api.example.com', API_TOKEN: 'a-good-token', ...env };
  return readReach(readSettings(target, { statuses: [], targets: ['generic'], faults: [] }), env);
}

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'reach-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'some.pem'), text);
  return join(folder, 'some.pem');
}

const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

test('the way is direct, and Node decides whom to trust, unless something is set', () => {
  expect(reachOf({})).toEqual({ way: {} });
});

describe('a proxy', () => {
  test.each<[string, Record<string, string>, object | undefined]>([
    ['https://api.example.com', { HTTPS_PROXY: PROXY }, TUNNEL],
    ['https://api.example.com', { https_proxy: PROXY, HTTPS_PROXY: 'http://other' }, TUNNEL],
    ['https://api.example.com', { HTTP_PROXY: PROXY }, undefined],
    ['http://api.example.com', { HTTP_PROXY: PROXY }, TUNNEL],
    ['http://api.example.com', { HTTPS_PROXY: PROXY }, undefined],
    ['http://api.example.com', { HTTP_PROXY: '' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: 'https://[::1]' }, { tls: true, hostname: '::1', port: 443 }],
    ['http://127.0.0.1:4010', { HTTP_PROXY: PROXY }, undefined],
    ['http://localhost', { HTTP_PROXY: PROXY }, undefined],
    ['http://LOCALHOST.', { HTTP_PROXY: PROXY }, undefined],
    ['http://[::ffff:127.0.0.1]', { HTTP_PROXY: PROXY }, undefined],
    ['http://0x7f.1', { HTTP_PROXY: PROXY }, undefined],
    ['http://0.0.0.0', { HTTP_PROXY: PROXY }, TUNNEL],
    ['http://[::]', { HTTP_PROXY: PROXY }, TUNNEL],
    ['http://api.example.com', { HTTP_PROXY: PROXY, NO_PROXY: '*' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: PROXY, no_proxy: 'other.org, .example.com' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: PROXY, NO_PROXY: 'example.com' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: PROXY, NO_PROXY: 'API.example.com:80' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: PROXY, NO_PROXY: 'api.example.com:8080' }, TUNNEL],
    ['http://api.example.com', { HTTP_PROXY: PROXY, NO_PROXY: 'ample.com,example.co' }, TUNNEL],
    ['http://api.example.com.', { HTTP_PROXY: PROXY, NO_PROXY: 'api.example.com' }, undefined],
    ['http://api.example.com', { HTTP_PROXY: PROXY, NO_PROXY: 'API.example.com.:80' }, undefined],
    ['http://api.example.com.', { HTTP_PROXY: PROXY, NO_PROXY: '*.example.com.' }, undefined],
    ['http://eu.bücher.example', { HTTP_PROXY: PROXY, NO_PROXY: '.BÜCHER.example' }, undefined],
    ['http://[2001:DB8::1]', { HTTP_PROXY: PROXY, NO_PROXY: '2001:db8:0::1' }, undefined],
    ['http://[2001:db8::1]', { HTTP_PROXY: PROXY, NO_PROXY: '[2001:db8::1]:80' }, undefined],
    ['http://[2001:db8::1]', { HTTP_PROXY: PROXY, NO_PROXY: '[2001:db8::1]:81' }, TUNNEL],
    ['http://[::ffff:10.0.0.1]', { HTTP_PROXY: PROXY, NO_PROXY: '10.0.0.1' }, undefined],
    ['http://10.0.0.1', { HTTP_PROXY: PROXY, NO_PROXY: '::ffff:10.0.0.1' }, undefined],
    ['http://10.0.0.1', { HTTP_PROXY: PROXY, NO_PROXY: '0.0.1, .1, ., :80' }, TUNNEL],
  ])('%s with %o', (url, env, tunnel) => {
    expect(chooseTunnel(new URL(url), env)).toEqual(tunnel);
  });

  test.each(['proxy.example.com:3128', 'socks5://jo:secret@proxy', 'http://jo:%zzsecret@proxy'])(
    'that is none is told without repeating it: %s',
    (value) => {
      expect(() => reachOf({ HTTPS_PROXY: value })).toThrow(
        'HTTPS_PROXY is no URL of a proxy; expected one such as http://proxy.example.com:3128.',
      );
    },
  );
});

describe('plain http', () => {
  const wayOf = (url: string, env: Record<string, string> = {}) => reachOf({ API_URL: url, ...env }).way;

  test.each(['http://localhost:7376/api', 'http://LOCALHOST.', 'http://api.localhost'])(
    'to a name of this machine stays there: %s',
    (url) => {
      expect(wayOf(url)).toEqual({ loopbackOnly: true });
      expect(wayOf(url, { CONFORMANCE_ALLOW_INSECURE: '1' })).toEqual({});
      expect(wayOf(url.replace('http:', 'https:'))).toEqual({});
    },
  );

  test.each(['http://127.0.0.1', 'http://127.1', 'http://[::1]', 'http://[::ffff:127.0.0.1]'])(
    'to an address of this machine cannot lead elsewhere: %s',
    (url) => {
      expect(wayOf(url)).toEqual({});
    },
  );

  test('to another machine goes there, when told', () => {
    expect(wayOf('http://api.example.com', { CONFORMANCE_ALLOW_INSECURE: '1' })).toEqual({});
  });
});

describe('certificates', () => {
  test('of a private authority are trusted besides the known ones', () => {
    const [ca, more] = [fileWith(PEM), fileWith(`${PEM}more`)];
    expect(reachOf({ CONFORMANCE_CA_FILE: ca }).way?.trust).toEqual({ ca: [...rootCertificates, PEM] });
    const both = reachOf({ CONFORMANCE_CA_FILE: ca, NODE_EXTRA_CA_CERTS: more });
    expect(both.way?.trust?.ca).toEqual([...rootCertificates, `${PEM}more`, PEM]);
  });

  test('of the client, with key and passphrase', () => {
    const env = {
      CONFORMANCE_CLIENT_CERT_FILE: fileWith(PEM),
      CONFORMANCE_CLIENT_KEY_FILE: fileWith(`${PEM}key`),
      CONFORMANCE_CLIENT_KEY_PASSPHRASE: 'a phrase',
    };
    expect(reachOf(env).way?.trust).toEqual({ cert: PEM, key: `${PEM}key`, passphrase: 'a phrase' });
  });

  test('that cannot be read, or are none, are told in one sentence', () => {
    const text = fileWith('not a certificate');
    expect(() => reachOf({ CONFORMANCE_CA_FILE: '/no/such.pem' })).toThrow(
      'CONFORMANCE_CA_FILE names "/no/such.pem", which cannot be read (ENOENT).',
    );
    expect(() => reachOf({ CONFORMANCE_CA_FILE: text })).toThrow(
      `CONFORMANCE_CA_FILE names "${text}", which is no PEM file.`,
    );
  });
});

test('headers go along', () => {
  expect(reachOf({ CONFORMANCE_HEADERS: '{"X-Tenant":"acme"}' }).headers).toEqual({ 'X-Tenant': 'acme' });
});
