import { expect, test } from 'vitest';
import { makeWatch } from '../../exchange/secrets.ts';
import { isTelling } from '../../exchange/telling.ts';

test.each([
  'true',
  'name',
  'other',
  'http',
  'summary',
  'password',
  'postgres',
  'validation_errors',
  'eu-central-1',
  'application/json',
])('%s cannot be told from a word', (value) => {
  expect(isTelling(value)).toBe(false);
});

test.each(['x9F2kLm7QpZ4tRw8', '0123456789abcdef', 'AbCdEfGhIjKlMnOp', 'correct horse battery staple again'])(
  '%s can be told from a word',
  (value) => {
    expect(isTelling(value)).toBe(true);
  },
);

const watchOf = (secrets: Record<string, string>, headers: Record<string, string> = {}) =>
  makeWatch({ secrets, credentials: {}, way: {}, headers });

test('a token is masked whatever it is, and blamed for only where it is no word', () => {
  const [word, random] = [watchOf({ token: 'password' }), watchOf({ token: 'x9F2kLm7QpZ4tRw8' })];
  expect(word.newRedactor().text('a password', 'body')).toBe('a «redacted:token»');
  expect([word.isBlamed('token'), random.isBlamed('token'), random.isBlamed('token:changed')]).toEqual([
    false,
    true,
    true,
  ]);
  expect(word.isBlamed('looks-like-jwt')).toBe(true);
});

test('the value of a header for every request is masked where it is no word, and never blamed for', () => {
  const watch = watchOf({}, { 'X-Debug': 'true', 'X-Key': 'x9F2kLm7QpZ4tRw8' });
  expect(watch.newRedactor().text('{"ok":true,"key":"x9F2kLm7QpZ4tRw8"}', 'body')).toBe(
    '{"ok":true,"key":"«redacted:headerXKey»"}',
  );
  expect(watch.isBlamed('headerXKey')).toBe(false);
});

test('a password of a target profile is always masked, and never blamed for', () => {
  const watch = watchOf({ secretPassword: 'postgres' });
  expect(watch.newRedactor().text('postgres', 'body')).toBe('«redacted:secretPassword»');
  expect(watch.isBlamed('secretPassword')).toBe(false);
});
