import { expect, test } from 'vitest';
import { readQuery, withValues, writeQuery } from '../../../runner/pages/query.ts';

test.each([
  ['?cursor=ab%2Bc&x=', 'cursor=ab%2Bc&x='],
  ['a=1+2&b=%20', 'a=1+2&b=%20'],
  ['page%5Bafter%5D=x&', 'page%5Bafter%5D=x'],
  ['x={{token}}', 'x=%7B%7Btoken%7D%7D'],
  ['{{token}}=1&y=ü "<\ud83d', '%7B%7Btoken%7D%7D=1&y=%C3%BC%20%22%3C%EF%BF%BD'],
])('the query %j goes out as it was encoded, and names no secret: %j', (given, sent) => {
  expect(writeQuery(readQuery(given))).toBe(sent);
});

test('values are set in place of those that are there', () => {
  const query = readQuery('page%5Bsize%5D=2&a=1');
  expect(writeQuery(withValues(query, { 'page[size]': 50, 'c&d': '=' }))).toBe('a=1&page%5Bsize%5D=50&c%26d=%3D');
});
