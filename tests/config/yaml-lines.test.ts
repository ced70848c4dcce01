import { expect, test } from 'vitest';
import { linesOfItems } from '../../config/yaml-lines.ts';

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
  expect(linesOfItems(text)).toEqual(lines);
});
