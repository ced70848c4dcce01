import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prettyJson } from '../../../reporters/html/pretty-json.ts';

const lay = (text: string, pointer = ''): string | undefined => prettyJson(text, 100_000, pointer)?.lines.join('\n');

describe('layout', () => {
  test('is that of JSON.stringify for what has one spelling', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(lay(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  test('keeps repeated names, big numbers and escapes as sent', () => {
    expect(lay('{"a":1,"a":12345678901234567890,"b":"\\u00e9\\/"}')).toBe(
      '{\n  "a": 1,\n  "a": 12345678901234567890,\n  "b": "\\u00e9\\/"\n}',
    );
  });

  test('is not tried on what is no JSON', () => {
    for (const text of ['', '<html>', '{"a":', '{"a":1}x', "{'a':1}"]) expect(lay(text)).toBeUndefined();
  });

  test('stops at the limit, in long strings and in deep nesting too', () => {
    const long = prettyJson(JSON.stringify({ a: 'x'.repeat(50_000), b: 1 }), 1000, '');
    expect(long?.cut).toBe(true);
    expect(long?.lines.join('\n').length).toBeLessThan(2100);
    const deep = prettyJson('['.repeat(5000) + ']'.repeat(5000), 1000, '');
    expect(deep?.cut).toBe(true);
    expect(deep?.lines.join('\n').length).toBeLessThan(1100);
  });
});

describe('the marked line', () => {
  const text = '{"a":[{"b/c":1},{"b/c":2,"~":{"d":[]}}],"e":"a: ","f":null}';
  const marked = (pointer: string): string | undefined => {
    const pretty = prettyJson(text, 10_000, pointer);
    return pretty?.mark === undefined ? undefined : pretty.lines[pretty.mark]?.trim();
  };

  test.each([
    ['/a', '"a": ['],
    ['/a/1', '{'],
    ['/a/0/b~1c', '"b/c": 1'],
    ['/a/1/b~1c', '"b/c": 2,'],
    ['/a/1/~0/d', '"d": []'],
    ['/f', '"f": null'],
  ])('of %s is %s', (pointer, line) => {
    expect(marked(pointer)).toBe(line);
  });

  test('is none for the whole, or for a place that is not there', () => {
    expect(marked('')).toBeUndefined();
    expect(marked('/a/2')).toBeUndefined();
    expect(marked('/g')).toBeUndefined();
  });
});
