import { describe, expect, test } from 'vitest';
import { hostOf, isLoopback, normaliseHost } from '../../model/host.ts';

/** A host in its one spelling, and others of the same. */
const SPELLINGS: [string, string[]][] = [
  [
    'api.example.com',
    [
      'api.example.com',
      'API.Example.COM',
      'api.example.com.',
      'api.example.com...',
      'api%2eexample%2Ecom',
      'api.example.com%2e',
      '%61pi.example.com',
      'ａｐｉ．example。com',
      'api.exam\u00adple.com',
    ],
  ],
  ['xn--bcher-kva.example', ['bücher.example', 'BÜCHER.example.', 'xn--bcher-kva.EXAMPLE', 'b%C3%BCcher.example']],
  ['127.0.0.1', ['127.0.0.1', '127.1', '0x7f.1', '0177.0.0.1', '2130706433', '0x7f000001', '127.0.0.1.', '127.1..']],
  ['127.0.0.1', ['::ffff:127.0.0.1', '[::ffff:127.0.0.1]', '[::FFFF:7f00:1]', '0:0:0:0:0:ffff:7f00:0001']],
  ['8.0.0.1', ['010.0.0.1', '8.0.0.1', '[::ffff:8.0.0.1]']],
  ['10.0.0.1', ['10.0.0.1', '10.1', '0xa.0.0.1', '[::ffff:10.0.0.1]', '[::ffff:a00:1]']],
  ['0.0.0.0', ['0.0.0.0', '0', '0x0', '[::ffff:0:0]']],
  ['[2001:db8::1]', ['[2001:DB8:0:0::1]', '2001:db8::1', '[2001:0db8:0000:0000:0000:0000:0000:0001]']],
  ['[::1]', ['::1', '[::1]', '[0:0:0:0:0:0:0:1]', '[::0.0.0.1]']],
  ['[::]', ['::', '[::]', '[0::0]']],
  ['localhost', ['localhost', 'LOCALHOST', 'localhost.', 'ⓛocalhost']],
  ['my_service', ['my_service', 'MY_service.']],
  ['*.example.com', ['*.Example.com.']],
];

describe('a host', () => {
  test.each(SPELLINGS)('has one spelling: %s', (host, spellings) => {
    for (const spelling of spellings) expect(normaliseHost(spelling), spelling).toBe(host);
    expect(normaliseHost(host)).toBe(host);
  });

  test.each(SPELLINGS)('has it in a URL, too: %s', (host, spellings) => {
    for (const spelling of spellings) {
      const inUrl = spelling.includes(':') && !spelling.startsWith('[') ? `[${spelling}]` : spelling;
      expect(hostOf(new URL(`https://${inUrl}:8443/api`)), spelling).toBe(host);
    }
  });

  test.each([
    '',
    '.',
    '..',
    'a b',
    ' api.example.com',
    'api.example.com:443',
    'api.example.com:',
    '[::1]:443',
    '[::1',
    '::1]',
    '[::1].',
    '::1%eth0',
    '1.2.3.4.5',
    '256.0.0.1',
    'https://api.example.com',
    'api.example.com/api',
    'api.example.com\\api',
    'api.example.com?x',
    'api.example.com#x',
    'jo@api.example.com',
    'api.example.com\t',
    'api%00.example.com',
    'api%2fexample.com',
    'xn--a.example',
  ])('is none: %j', (text) => {
    expect(normaliseHost(text)).toBeUndefined();
  });
});

describe('this machine', () => {
  test.each([
    'localhost',
    'LocalHost.',
    'api.localhost',
    'api.localhost.',
    '127.0.0.1',
    '127.255.255.254',
    '127.1',
    '0x7f.1',
    '127.0.0.1.',
    '::1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
  ])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  test.each([
    '',
    '0.0.0.0',
    '::',
    '[::]',
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '128.0.0.1',
    '0127.0.0.1',
    '127.0.0.1.example.com',
    'localhost.example.com',
    'notlocalhost',
    'fe80::1%lo',
    '[::127.0.0.1]',
  ])('is not %s', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});
