import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDuplicateNames } from '../../judge/duplicate-names.ts';
import { appendPointer } from '../../model/json-pointer.ts';

/** A JSON text as a tree that, unlike an object, may hold a name twice. */
type Tree = { text: string } | { items: Tree[] } | { fields: [string, Tree][] };

const NAMES = ['a', 'b', '', 'a/b', 'm~n', '"', '\\', '{', '[1,2]', ',', ':', '__proto__', 'ü', '😀'];
const name = fc.oneof(fc.constantFrom(...NAMES), fc.string());
const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 0 }).map((value) => ({ text: JSON.stringify(value) })),
    fc.array(tie('tree'), { maxLength: 4 }).map((items) => ({ items })),
    fc.array(fc.tuple(name, tie('tree')), { maxLength: 5 }).map((fields) => ({ fields })),
  ),
})).tree;
const space = fc.constantFrom('', ' ', '\n\t', '\r\n');

/** Writes a name in one of the ways in which JSON lets it stand. */
const quote = (text: string, escaped: boolean) =>
  escaped
    ? `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
    : JSON.stringify(text);

function write(node: Tree, gap: string, escaped: boolean): string {
  if ('text' in node) return gap + node.text + gap;
  if ('items' in node) return `${gap}[${node.items.map((each) => write(each, gap, escaped)).join(',')}${gap}]${gap}`;
  const fields = node.fields.map(
    ([key, value], index) => `${gap}${quote(key, escaped && index % 2 === 1)}${gap}:${write(value, gap, escaped)}`,
  );
  return `${gap}{${fields.join(',')}${gap}}${gap}`;
}

/** What the tree itself says. */
function expected(node: Tree, pointer = ''): string[] {
  if ('text' in node) return [];
  if ('items' in node) return node.items.flatMap((each, index) => expected(each, appendPointer(pointer, index)));
  const seen = new Set<string>();
  return node.fields.flatMap(([key, value]) => {
    const at = appendPointer(pointer, key);
    const here = seen.has(key) ? [at] : [];
    seen.add(key);
    return [...here, ...expected(value, at)];
  });
}

describe('names that stand twice', () => {
  test('are found where a naive reading of the tree finds them', () => {
    fc.assert(
      fc.property(tree, space, fc.boolean(), (node, gap, escaped) => {
        const text = write(node, gap, escaped);
        JSON.parse(text);
        expect(findDuplicateNames(text)).toEqual(expected(node));
      }),
      { numRuns: 1000 },
    );
  });

  test.each<[string, string[]]>([
    ['{"a":1,"a":2,"a":3}', ['/a', '/a']],
    ['[{"a":1},{"a":1}]', []],
    ['{"a":{"a":{"a":1}}}', []],
    ['{"x":[0,{"b":1,"b":2}]}', ['/x/1/b']],
    ['{"x":["a","a"],"y":"a"}', []],
    ['{"a":"\\"","a":1}', ['/a']],
    ['"{\\"a\\":1,\\"a\\":2}"', []],
    ['1', []],
  ])('%s', (text, pointers) => {
    expect(findDuplicateNames(text)).toEqual(pointers);
  });

  test('are found in deep and in long texts in no time', () => {
    const depth = 100_000;
    const start = performance.now();
    expect(findDuplicateNames(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)).toEqual([]);
    expect(findDuplicateNames('['.repeat(depth) + ']'.repeat(depth))).toEqual([]);
    expect(findDuplicateNames(`${'{"a":1,"a":'.repeat(depth)}1${'}'.repeat(depth)}`)).toHaveLength(depth);
    expect(findDuplicateNames(JSON.stringify({ a: 'x'.repeat(1_000_000), b: '"\\'.repeat(500_000) }))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
