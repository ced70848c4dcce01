import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fenced, inert } from '../../../reporters/markdown/inert.ts';

const WORDS = /^[A-Za-z0-9 ,;.-]+$/;

/** Asserts that Markdown can only take a text for plain words or for one code span (CommonMark 6.1). */
function expectInert(markdown: string): void {
  expect(markdown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}|]/u);
  if (WORDS.test(markdown) || markdown === '–') return;
  const [, fence = '', content = ''] = /^(`+)(?!`)(.*[^`])\1$/su.exec(markdown) ?? [];
  expect(fence, markdown).not.toBe('');
  expect(
    [...content.matchAll(/`+/g)].map(([run]) => run),
    markdown,
  ).not.toContain(fence);
}

describe('a text within a line', () => {
  test.each([
    ['all 3 cells were provoked, and conform.', 'all 3 cells were provoked, and conform.'],
    ['Bad Request', 'Bad Request'],
    ['', '–'],
    ['@octocat', '`@octocat`'],
    ['#12', '`#12`'],
    ['www.example.com', '`www.example.com`'],
    ['a@b.example', '`a@b.example`'],
    ['1234567', '`1234567`'],
    ['deadbeef1', '`deadbeef1`'],
    ['<img src=x>', '`<img src=x>`'],
    ['[x](http://e)', '`[x](http://e)`'],
    [':smile:', '`:smile:`'],
    ['a | b', '`a ¦ b`'],
    ['a\n# b', '`a␊# b`'],
    ['a `b` c', '``a `b` c``'],
    ['```', '```` ``` ````'],
    ['x \\', '`x \\`'],
  ])('%j', (text, markdown) => {
    expect(inert(text)).toBe(markdown);
    expectInert(markdown);
  });

  test('whatever it is, means nothing but itself', () => {
    const odd = fc.string({ unit: fc.constantFrom('`', '|', '@', '\n', 'a', ' ', '<', '\\', '*', '.', '\u202e') });
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), odd), (text) => expectInert(inert(text))));
  });

  test('is cut where it is long', () => {
    expect(inert('<'.repeat(5000))).toHaveLength(302);
  });
});

describe('a command', () => {
  test('stands in a fence that it cannot close', () => {
    expect(fenced('curl x')).toBe('```sh\ncurl x\n```');
    expect(fenced('curl x\n```\n# @all')).toBe('````sh\ncurl x\n```\n# @all\n````');
  });

  test('is not shown when that would change it', () => {
    expect(fenced("curl '\u001b[31m'")).toBeUndefined();
    expect(fenced("curl '\u202e'")).toBeUndefined();
    expect(fenced('curl a\rb')).toBeUndefined();
  });
});
