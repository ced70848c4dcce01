import { describe, expect, test } from 'vitest';
import { announcedWait, parseRetryAfter } from '../../judge/retry-after.ts';
import { sampleExchange } from './sample-exchange.ts';

const NOW = Date.parse('1994-11-06T08:49:00Z');

describe('Retry-After', () => {
  test.each<[string, number]>([
    ['0', 0],
    ['120', 120_000],
    [' 3 ', 3000],
    ['007', 7000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 37_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 37_000],
    ['Sun Nov  6 08:49:37 1994', 37_000],
    ['Wed Nov 16 08:49:00 1994', 10 * 24 * 3600 * 1000],
    ['Sat, 05 Nov 1994 08:49:37 GMT', 0],
  ])('%j is %i ms away', (value, ms) => {
    expect(parseRetryAfter(value, NOW)).toBe(ms);
  });

  test.each([
    '',
    ' ',
    '-1',
    '+1',
    '1.5',
    '1e3',
    '0x10',
    '3 seconds',
    'soon',
    '1, 2',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'sun, 06 nov 1994 08:49:37 gmt',
    'Sun, 99 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    'Xyz, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49 GMT',
    'Sun Nov 6 08:49:37 1994',
    '1994-11-06T08:49:37Z',
    '784111777000ms',
  ])('%j is malformed', (value) => {
    expect(parseRetryAfter(value, NOW)).toBeUndefined();
  });
});

describe('a date in Retry-After', () => {
  const waitOf = (headers: Record<string, string>) => {
    const { response } = sampleExchange(429, { headers });
    return response && announcedWait(response, NOW);
  };

  test.each([-3600, 0, 3600, 86_400])('is read by a clock that is %i s off', (shift) => {
    const at = (ms: number) => new Date(NOW + shift * 1000 + ms).toUTCString();
    expect(waitOf({ 'Retry-After': at(7000), DATE: at(0) })).toBe(7000);
  });

  test('is read by our own clock where the answer shows none', () => {
    const later = new Date(NOW + 7000).toUTCString();
    expect(waitOf({ 'Retry-After': later })).toBe(7000);
    expect(waitOf({ 'Retry-After': later, Date: 'today' })).toBe(7000);
  });

  test('and seconds need no clock; what is not announced is not waited for', () => {
    expect(waitOf({ 'Retry-After': '3', Date: new Date(0).toUTCString() })).toBe(3000);
    expect(waitOf({ 'Retry-After': 'soon' })).toBeUndefined();
    const { response } = sampleExchange(404);
    expect(response && announcedWait(response, NOW)).toBeUndefined();
  });
});
