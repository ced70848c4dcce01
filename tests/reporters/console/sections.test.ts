import { expect, test } from 'vitest';
import { createPen } from '../../../reporters/console/pen.ts';
import { countRows, fitSections } from '../../../reporters/console/sections.ts';

const pen = createPen(false, 10);
const some = (word: string, many: number) => (rows: number) => Array.from({ length: Math.min(rows, many) }, () => word);

test('rows are counted as a console wraps them, colours left out', () => {
  expect(countRows(['', 'x'.repeat(10), 'x'.repeat(11), `\u001b[31m${'x'.repeat(10)}\u001b[39m`], pen)).toBe(5);
});

test('sections get what they claim, in the order of their claims, and stand in their own', () => {
  const lines = fitSections(
    [
      { claim: 'rest', lines: some('rest', 99) },
      { claim: 'most', lines: some('most', 3) },
      { claim: 'part', lines: some('part', 99) },
      { claim: 'all', lines: () => ['all', 'all'] },
    ],
    12,
    pen,
  );
  expect(lines.join(' ')).toBe('rest rest rest rest rest most most most part part all all');
});

test('a part is left out where there is no room for it, before the most important is', () => {
  const [part, most] = [some('part', 9), some('most', 9)];
  const lines = fitSections(
    [
      { claim: 'part', lines: part },
      { claim: 'most', lines: most },
    ],
    4,
    pen,
  );
  expect(lines).toEqual(['most', 'most', 'most', 'most']);
});

test('nothing but what claims all goes beyond the height', () => {
  const part = { claim: 'part', lines: some('part', 9) } as const;
  expect(fitSections([{ claim: 'all', lines: () => ['a', 'b', 'c'] }, part], 2, pen)).toEqual(['a', 'b', 'c']);
});
