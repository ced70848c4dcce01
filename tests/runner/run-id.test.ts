import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bearsMark, newRunId, runOf, runStartOf } from '../../runner/run-id.ts';

const FIRST = Date.UTC(2026, 10, 1);

test('a run id says when the run began, to the minute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: FIRST, max: Date.UTC(2080, 0, 1) }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (now, random) => {
        const id = newRunId(now, () => random);
        expect(id).toMatch(/^[0-9a-z]{10}$/);
        expect(runStartOf(`ecc-${id}-sinks-main`)).toBe(Math.floor(now / 60_000) * 60_000);
      },
    ),
  );
});

test('two runs of the same minute differ', () => {
  expect(new Set(Array.from({ length: 50 }, () => newRunId(FIRST))).size).toBeGreaterThan(45);
});

test.each([
  '',
  'ecc',
  'ecc-',
  'ecc-database1-main',
  'ecc-test00-sinks-main',
  'orders',
  'ecclesiastical-orders',
  'ecclesiasticism',
  `ecc-${newRunId(FIRST)}x-a`,
  `xecc-${newRunId(FIRST)}-a`,
  `ecc-${newRunId(FIRST).slice(0, 9)}`,
  `ecc-${newRunId(FIRST - 60_000)}-before-there-were-such-names`,
])('%j is no name of ours', (name) => {
  expect(runStartOf(name)).toBeUndefined();
});

test.each<[string, (name: string) => string]>([
  ['as it was given', (name) => name],
  ['in capitals', (name) => name.toUpperCase()],
  ['cut short behind the id', (name) => name.slice(0, 14)],
  ['with something before it', (name) => `tenant/ecc ${name}`],
  ['with something behind it', (name) => `${name} (2)`],
  ['with other separators', (name) => name.replaceAll('-', '_')],
  ['without separators', (name) => name.replaceAll('-', '')],
])('a name of ours tells of its run %s', (_, change) => {
  for (let index = 0; index < 200; index++) {
    const id = newRunId(FIRST + index * 61_000);
    const name = change(`ecc-${id}-3f2a90b1c4`);
    expect(runOf(name)).toBe(id);
    expect(bearsMark(name, id)).toBe(true);
    expect(bearsMark(name, newRunId(FIRST - 61_000))).toBe(false);
  }
});

test('a longer name that begins like ours is not ours', () => {
  expect(bearsMark('ecc-runner-1', 'run')).toBe(false);
  expect(bearsMark('ecc-run-1', 'run')).toBe(true);
});

test('a name of ours with one character changed is not ours any more, but for a chance of one in a thousand', () => {
  const id = newRunId(FIRST, () => 0.5);
  const changed = [...id].map(
    (character, at) => `ecc-${id.slice(0, at)}${character === 'x' ? 'y' : 'x'}${id.slice(at + 1)}-a`,
  );
  expect(changed.filter((name) => runStartOf(name) !== undefined)).toEqual([]);
});
