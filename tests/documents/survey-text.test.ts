import { describe, expect, test } from 'vitest';
import { countPlaces, surveyJson } from '../../documents/survey-text.ts';

describe('what a text of JSON comes to', () => {
  test.each<[unknown, number, number]>([
    [1, 1, 0],
    ['a, [b] {c} "d" \\', 1, 0],
    ['\\"', 1, 0],
    [{ a: 'x\\\\', b: ['",[', { '{"': 1 }] }, 6, 3],
    [[[], [], [[]]], 8, 3],
  ])('%j: %i values at most, %i deep', (value, values, depth) => {
    expect(surveyJson(JSON.stringify(value))).toEqual({ values, depth });
    expect(surveyJson(JSON.stringify(value, null, 2))).toEqual({ values, depth });
  });

  test('is told of what is none, too', () => {
    for (const text of ['', '"', '"\\', '[[', ']]', '{"a']) expect(surveyJson(text).values).toBeGreaterThan(0);
  });
});

test('places of YAML are lines, and what brackets and commas part', () => {
  expect(countPlaces('a: 1')).toBe(1);
  expect(countPlaces('a:\n  - [b, c]\n  - {d: e}\n')).toBe(7);
});
