import { describe, expect, test } from 'vitest';
import { randomOf, spread } from '../../../provocations/generated/random.ts';

describe('random numbers', () => {
  const draw = (seed: number, text: string) => Array.from({ length: 1000 }, randomOf(seed, text));

  test('depend on the seed and the text only', () => {
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  });

  test('lie between 0 and 1, and everywhere there', () => {
    const numbers = draw(7, 'x');
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const tenths = new Set(numbers.map((number) => Math.floor(number * 10)));
    expect(tenths.size).toBe(10);
  });
});

describe('a spread choice', () => {
  const items = ['a', 'b', 'c', 'd'].flatMap((key) => [1, 2, 3, 4].map((kind) => ({ key, kind })));
  const labels = ({ key, kind }: (typeof items)[number]) => [key, String(kind)];
  const choose = (count: number, seed = 1) => spread(items, count, labels, randomOf(seed, ''));

  test.each([1, 2, 3, 4, 5])('covers every label before one comes twice (seed %i)', (seed) => {
    const chosen = choose(4, seed);
    expect(new Set(chosen.map(({ key }) => key)).size).toBe(4);
    expect(new Set(chosen.map(({ kind }) => kind)).size).toBe(4);
  });

  test('is never longer than asked for, and holds nothing twice', () => {
    expect(choose(0)).toEqual([]);
    expect(choose(7)).toHaveLength(7);
    expect(new Set(choose(100))).toEqual(new Set(items));
    expect(choose(100)).toHaveLength(items.length);
  });
});
