import { expect, test } from 'vitest';
import { changeSecret, fillPlaceholders } from '../../exchange/placeholders.ts';

test('fills each placeholder', () => {
  const secrets = { token: 'aaaa', adminToken: 'bbbb' };
  expect(fillPlaceholders('{{token}} {{adminToken}} {{token}} {{token:changed}}', secrets)).toBe('aaaa bbbb aaaa aaxa');
});

test('leaves what is no placeholder', () => {
  expect(fillPlaceholders('{{7*7}} {token} {{ token }}', {})).toBe('{{7*7}} {token} {{ token }}');
});

test('puts a value in verbatim and only once', () => {
  expect(fillPlaceholders('{{token}}', { token: '$& {{token}}' })).toBe('$& {{token}}');
});

test.each(['{{other}}', '{{toString}}', '{{other:changed}}'])('throws for %s', (text) => {
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
