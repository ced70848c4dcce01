import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseExactly } from '../judge/response-body.ts';
import { disarm } from '../suites/disarm.ts';
import { ROOT } from './integration/support.ts';
import { sampleExchange } from './judge/sample-exchange.ts';

/** Rooms and files in which a pattern may be applied to what a server wrote. */
const PLACES = ['exchange', 'judge', 'model', 'report', 'reporters', 'runner', 'suites/disarm.ts', 'suites/reply.ts'];

/** A pattern as it stands in a source: behind what an expression begins with. */
const LITERAL =
  /(?<=[(,=:[!&|?{};>] {0,4}|^ {0,80})\/(?![*/ ])((?:[^\\/[\n]|\\.|\[(?:[^\\\]\n]|\\.)*\])+)\/([dgimsuy]*)/gm;

/** So long the texts are, in characters, and so long one may take, in milliseconds: what is quadratic takes hundreds. */
const LENGTH = 16 * 1024;
const LONGEST_MS = 60;

type Pattern = { at: string; pattern: RegExp };

function listPatterns(): Pattern[] {
  const files = PLACES.flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.ts'))
          .map((name) => join(place, name)),
  );
  return files.flatMap((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8');
    return [...source.matchAll(LITERAL)].flatMap(([, body = '', flags], index) => {
      try {
        return [{ at: `${file} ${index}`, pattern: new RegExp(body, flags) }];
      } catch {
        return [];
      }
    });
  });
}

/** What a pattern is made of, as far as that may be repeated over and over by somebody who knows it, and combinations of it. */
function hostileUnits({ source }: RegExp): string[] {
  const plain = source.replace(/\\[pP]\{\w+\}|\(\?[:=!<]+|\{\d+,?\d*\}/g, ' ');
  const words = plain.match(/(?:\\[./()[\]{}$*+?|\\^'"`-]|[A-Za-z0-9_:@%#&;=<>'"`-])+/g) ?? [];
  const own = words.map((word) => word.replace(/\\(.)/g, '$1')).filter((word) => word.length < 20);
  const parts = [...new Set([...own.slice(0, 6), 'a', '1', ' ', '\n', '"', '\\"', '.', '/'])];
  return [...parts, ...parts.flatMap((one) => parts.map((other) => one + other))];
}

function apply(pattern: RegExp, text: string): void {
  if (pattern.global) text.replace(pattern, 'x');
  else pattern.test(text);
}

/** The least time of some tries that work takes, in milliseconds; the first one will do where it is short. */
function leastMs(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 4 && least > LONGEST_MS; tries++) {
    const startedAt = performance.now();
    work();
    least = Math.min(least, performance.now() - startedAt);
  }
  return least;
}

const PATTERNS = listPatterns();

test('patterns are found where they stand', () => {
  expect(PATTERNS.length).toBeGreaterThan(120);
  expect(
    PATTERNS.some(({ at, pattern }) => at.startsWith('judge/checks/') && pattern.source.includes('Traceback')),
  ).toBe(true);
});

test('no pattern takes more than linear time, whatever it is applied to', () => {
  const slow: string[] = [];
  for (const { at, pattern } of PATTERNS)
    for (const unit of hostileUnits(pattern)) {
      // What comes last keeps it from matching after all.
      const text = `${unit.repeat(LENGTH / unit.length)}\u0007!`;
      const ms = leastMs(() => apply(pattern, text));
      if (ms > LONGEST_MS) slow.push(`${at}: ${Math.round(ms)} ms for ${JSON.stringify(unit)}`);
      if (ms > LONGEST_MS) break;
    }
  expect(slow).toEqual([]);
});

describe('a megabyte costs no more than linear time', () => {
  const MEGABYTE = 1024 * 1024;

  test.each([
    ['a message of blank lines', () => disarm(`${'\n'.repeat(MEGABYTE)}x`)],
    ['a message of blanks', () => disarm(`${' '.repeat(MEGABYTE)}x`)],
    [
      'a body of quotes without an end',
      () => {
        const { response } = sampleExchange(200, {
          body: { raw: `{"a":1234567890123456789,"${'\\"'.repeat(MEGABYTE / 2)}` },
        });
        return response && parseExactly(response);
      },
    ],
  ])('%s', (_, work) => {
    const startedAt = performance.now();
    work();
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
