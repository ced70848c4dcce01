import { expect, test } from 'vitest';
import { changeSecret, fillPlaceholders, fillSecrets } from '../../exchange/placeholders.ts';

test('fills each placeholder', () => {
  const secrets = { token: 'aaaa', adminToken: 'bbbb' };
  expect(fillPlaceholders('{{token}} {{adminToken}} {{token}} {{token:changed}}', secrets)).toBe('aaaa bbbb aaaa aaxa');
});

test('puts a value into the form that its place asks for', () => {
  const secrets = { token: 'user:pass&word' };
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  expect(fillPlaceholders('{{token:url}}', secrets)).toBe('user%3Apass%26word');
  expect(fillPlaceholders('{{token:basic}}', secrets)).toBe(base64('user:pass&word'));
  // Of a pair the password is changed, so that it stays a pair.
  expect(fillPlaceholders('{{token:changed:basic}}', secrets)).toBe(base64('user:passxword'));
  expect(fillPlaceholders('{{token:changed:basic}}', { token: 'aa:bb' })).toBe(base64('aa:bx'));
  expect(fillPlaceholders('{{token:changed:url}}', { token: 'a&bb' })).toBe('a%26xb');
});

test('makes a new UUID each time', () => {
  const [, one, other] = /^(\S{36}) (\S{36})$/.exec(fillPlaceholders('{{uuid}} {{uuid}}', {})) ?? [];
  expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  expect(other).not.toBe(one);
});

test('leaves what is no placeholder', () => {
  expect(fillPlaceholders('{{7*7}} {token} {{ token }}', {})).toBe('{{7*7}} {token} {{ token }}');
});

test('puts a value in verbatim and only once', () => {
  expect(fillPlaceholders('{{token}}', { token: '$& {{token}}' })).toBe('$& {{token}}');
});

test.each(['{{other}}', '{{toString}}', '{{other:changed}}', '{{token:other}}'])('throws for %s', (text) => {
  expect(() => fillPlaceholders(text, { token: 'aaaa' })).toThrow(/unknown placeholder/);
});

test.each(['x', 'xx', 'abc-def', 'abcxdef', '0123456789'])('changes one character of %s', (secret) => {
  const changed = changeSecret(secret);
  expect(changed).toHaveLength(secret.length);
  expect([...changed].filter((character, index) => character !== secret[index])).toHaveLength(1);
});

test.each(['abcXdef', 'abcxdef', 'abcYdef'])('changes more than the letter case of %s', (secret) => {
  expect(changeSecret(secret).toLowerCase()).not.toBe(secret.toLowerCase());
});

test('refuses to change nothing', () => {
  expect(() => changeSecret('')).toThrow(/empty/);
});

test("fills a body's secrets as JSON text in UTF-8, and leaves everything else", () => {
  const secrets = { secretPassword: 'ä"\\', token: 'aaaa' };
  const filled = fillSecrets('{"p":"{{secretPassword}}","t":"{{token}}","o":"{{secretOther}} {{x"}', secrets);
  expect(Buffer.from(filled, 'latin1').toString()).toBe('{"p":"ä\\"\\\\","t":"{{token}}","o":"{{secretOther}} {{x"}');
});
