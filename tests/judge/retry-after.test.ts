import { describe, expect, test } from 'vitest';
import { parseRetryAfter } from '../../judge/retry-after.ts';

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
