import { expect, test } from 'vitest';
import type { ResponseRecord } from '../../model/exchange.ts';
import { serverDate } from '../../runner/server-date.ts';

const answer = (headers: [string, string][]) => ({ response: { headers } as ResponseRecord });

test.each<[string, [string, string][], number | undefined]>([
  ['as it is written', [['date', 'Mon, 05 Apr 2027 06:07:08 GMT']], Date.UTC(2027, 3, 5, 6, 7, 8)],
  ['in none of the forms', [['Date', 'soon']], undefined],
  ['not at all', [['Age', '5']], undefined],
])('the time of a server is read: %s', (_, headers, ms) => {
  expect(serverDate(answer(headers))).toBe(ms);
});

test('who does not answer tells no time', () => {
  expect(serverDate({})).toBeUndefined();
});
