import { describe, expect, test } from 'vitest';
import { judgeExchange } from '../../../judge/judge.ts';
import { maskVolatile } from '../../../judge/volatile.ts';
import { sampleExchange } from '../sample-exchange.ts';
import { LAW, matterOf } from '../sample-law.ts';

/** As much as the client takes of a body, in characters. */
const SIZE = 1024 * 1024;

/** Generous: with a pattern that backtracks, these texts take minutes. */
const BOUND_MS = 3000;

const UNITS = [
  'a',
  'A',
  ' ',
  '\n',
  'a.',
  'a-',
  'a/',
  '1',
  '1:',
  'at ',
  'at x(',
  'at x() in ',
  "thread '",
  'SECRET',
  'lib/',
].concat(
  [
    '@/app/',
    ' /home/a',
    'a:',
    'a://b:c',
    'SELECT ',
    'select a.b ',
    ' FROM ',
    'C:\\a',
    '10.',
    '#1 x.php(',
    'relation "',
  ],
  ['"', 'password=', '(a 1.0) lib/', '%A', '\\', 'ecc-a'],
);

/** What begins like something that a pattern looks for, and the fill that keeps it from ending. */
const BEGUN: [string, string][] = [
  ['at ', 'a'],
  ['at ', 'a.'],
  ['at ', ':1'],
  ['at ', '( '],
  ['at x(', ') in '],
  ['(a 1.', '1'],
  ['A_SECRET', ' '],
  ['A_SECRET=', 'x'],
  ['password:', ' '],
  ['SELECT x FROM', ' '],
  ['UPDATE ', 'a'],
  ['a://b:', 'a'],
  ["thread '", 'a'],
  ['#1 ', '.php('],
  ['x.internal', 'a.'],
  ['Bearer', ' '],
];

function timeOf(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

describe('a megabyte takes no time', () => {
  const all = [...UNITS.map((unit): [string, string] => ['', unit]), ...BEGUN];
  test.each(all)('%j and %j again and again', (start, unit) => {
    const text = `${start}${unit.repeat(SIZE / unit.length)}!`;
    const headers = { 'WWW-Authenticate': text, 'Content-Type': text, 'Retry-After': text };
    const exchange = sampleExchange(401, { body: { raw: text }, headers });
    expect(timeOf(() => judgeExchange(exchange, matterOf(), LAW, {}))).toBeLessThan(BOUND_MS);
    expect(timeOf(() => maskVolatile(text))).toBeLessThan(BOUND_MS);
  });
});

describe('a body made to flood the report', () => {
  const judge = (raw: string) => judgeExchange(sampleExchange(422, { body: { raw } }), matterOf(), LAW, {});
  const many = (one: (index: number) => string, join = ',') =>
    Array.from({ length: 40_000 }, (_, index) => one(index)).join(join);

  test.each<[string, string]>([
    ['fields', `{"summary":"x","validation_errors":{},${many((index) => `"f${index}":0`)}}`],
    ['wrong reasons', `{"summary":"x","validation_errors":{${many((index) => `"f${index}":0`)}}}`],
    ['names that stand twice', `{"summary":"x","validation_errors":{${many(() => '"a":["b"]')}}}`],
    ['leaks', `{"summary":"x","validation_errors":{"a":[${many(() => '"/etc/passwd"')}]}}`],
    [
      'names that stand twice, ever deeper',
      `{"summary":"x","validation_errors":${many(() => '{"a":["b"],"a":', '')}1${'}'.repeat(40_000)}}`,
    ],
    ['one endless name', `{"summary":"x","validation_errors":{},"${'n'.repeat(900_000)}":1}`],
  ])('%s', (_, raw) => {
    let size = 0;
    const ms = timeOf(() => {
      size = JSON.stringify(judge(raw)).length;
    });
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThan(2 * SIZE);
    expect(ms).toBeLessThan(BOUND_MS);
  });

  test('however deep it nests', () => {
    const depth = 100_000;
    expect(judge(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`).map(({ check }) => check)).toContain('fields-422');
    expect(judge('['.repeat(depth) + ']'.repeat(depth)).map(({ check }) => check)).toEqual(['fields-422']);
  });
});
