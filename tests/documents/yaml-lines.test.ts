import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Place } from '../../documents/place.ts';
import { findLines } from '../../documents/yaml-lines.ts';

const FILE = `# head

waivers:
  # one
  - check: a
    reason: >
      foo
      bar


  -
    check: b
    operation: [x,
      y]

  - { check: c,
      reason: "x"
    } # done
  - check: d
    reason: |
      abc

      def
    expires: 2026-12-01 # soon
# tail
`;

test.each<[string, string, [number, number][]]>([
  [
    'a block',
    FILE,
    [
      [5, 8],
      [11, 14],
      [16, 18],
      [19, 24],
    ],
  ],
  [
    'a file of Windows',
    `\ufeff${FILE.replaceAll('\n', '\r\n')}`,
    [
      [5, 8],
      [11, 14],
      [16, 18],
      [19, 24],
    ],
  ],
  [
    'no indentation, an anchor, an alias',
    'waivers:\n- check: a\n- &b\n  check: b\n- *b\n',
    [
      [2, 2],
      [3, 4],
      [5, 5],
    ],
  ],
  [
    'a flow',
    'waivers: [{ check: a },\n  { check: b,\n    status: [400,\n 401] }]',
    [
      [1, 1],
      [2, 4],
    ],
  ],
  [
    'texts',
    'waivers:\n  - a\n  - "b\n    c"\n',
    [
      [2, 2],
      [3, 4],
    ],
  ],
  ['nothing', 'waivers:\n', []],
  ['no item', 'waivers: []\n', []],
])('the lines of the items: %s', (_, text, lines) => {
  const { waivers } = load(text) as { waivers: unknown[] | null };
  const find = findLines(text);
  expect((waivers ?? []).map((_, index) => find(['waivers', index]))).toEqual(lines);
});

const DEEP = `# head
a:
  b: 1
  "c d":
    - 2
    -
      e: &anchor
        f: 3
        g: { h: 4,
             i: 5 }
404: none
j: *anchor
`;

test.each<[Place, number]>([
  [[], 2],
  [['a'], 2],
  [['a', 'b'], 3],
  [['a', 'c d'], 4],
  [['a', 'c d', 0], 5],
  [['a', 'c d', 1], 6],
  [['a', 'c d', 1, 'e'], 7],
  [['a', 'c d', 1, 'e', 'g', 'i'], 10],
  [['404'], 11],
  [['j'], 12],
  // What an alias stands for is changed where it is written.
  [['j', 'f'], 8],
  // What is not there: the nearest thing above it.
  [['a', 'x', 'y'], 2],
  [['a', 'c d', 7], 4],
  [['x'], 2],
])('the line of %j is %i', (place, line) => {
  expect(findLines(DEEP)(place)[0]).toBe(line);
});

test('JSON has lines, too', () => {
  const find = findLines('{\n\t"a": {\n\t\t"b": [\n\t\t\t1\n\t\t]\n\t}\n}\n');
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 0]].map((place) => find(place)[0])).toEqual([1, 2, 3, 4]);
});

test('an alias within what it stands for is followed as far as is asked', () => {
  expect(findLines('a: &a\n  b: *a\n')(['a', 'b', 'b', 'b'])).toEqual([2, 2]);
});
