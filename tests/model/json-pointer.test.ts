import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendPointer, valueAt, withValueAt } from '../../model/json-pointer.ts';
import type { Json } from '../../schemas/contract.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;
const tokens = fc.array(
  fc.oneof(fc.string(), fc.constantFrom('', '/', '~', '~1', '~01', '__proto__', 'constructor', '0')),
);

/** Every pointer into a document, with the value it names. */
function listPointers(value: Json, pointer = ''): [string, Json][] {
  const children = value !== null && typeof value === 'object' ? Object.entries(value) : [];
  return [[pointer, value], ...children.flatMap(([key, child]) => listPointers(child, appendPointer(pointer, key)))];
}

describe('a pointer', () => {
  test('is made of tokens and taken apart again', () => {
    fc.assert(
      fc.property(tokens, (all) => {
        const pointer = all.reduce((made: string, token) => appendPointer(made, token), '');
        const nested = all.reduceRight<Json>((inner, token) => Object.fromEntries([[token, inner]]), 'found');
        expect(valueAt(nested, pointer)).toBe('found');
        expect(pointer).toMatch(/^(\/([^~/]|~[01])*)*$/);
      }),
    );
  });

  test.each<[string, unknown]>([
    ['', undefined],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/m~0n', 8],
    ['/foo/2', undefined],
    ['/foo/-', undefined],
    ['/foo/length', undefined],
    ['/foo/01', undefined],
    ['/toString', undefined],
    ['/__proto__', undefined],
    ['/foo/0/0', undefined],
  ])('%j, as RFC 6901 §5 has it', (pointer, value) => {
    const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'm~n': 8 };
    expect(valueAt(document, pointer)).toEqual(pointer === '' ? document : value);
  });

  test('names what stands there, in any document', () => {
    fc.assert(
      fc.property(json, (document) => {
        for (const [pointer, value] of listPointers(document)) expect(valueAt(document, pointer)).toBe(value);
      }),
    );
  });
});

describe('a replacement', () => {
  test('puts the value there and leaves all else, the document included', () => {
    fc.assert(
      fc.property(json, json, fc.nat(), (document, value, choice) => {
        const before = JSON.stringify(document);
        const places = listPointers(document);
        const [pointer] = places[choice % places.length] as [string, Json];
        const changed = withValueAt(document, pointer, value);
        expect(valueAt(changed, pointer)).toEqual(value);
        expect(withValueAt(changed, pointer, valueAt(document, pointer))).toEqual(document);
        expect(JSON.stringify(document)).toBe(before);
      }),
    );
  });

  test('without a value takes the place away', () => {
    const document = { a: { b: 1, c: [1, 2, 3] } };
    expect(withValueAt(document, '/a/b', undefined)).toEqual({ a: { c: [1, 2, 3] } });
    expect(withValueAt(document, '/a/c/1', undefined)).toEqual({ a: { b: 1, c: [1, 3] } });
    expect(withValueAt(document, '/a/x', undefined)).toEqual(document);
    expect(withValueAt(document, '', undefined)).toBeNull();
    expect(withValueAt(document, '', [1])).toEqual([1]);
  });

  test('leads nowhere where nothing stands above it', () => {
    expect(withValueAt({ a: 1 }, '/a/b', 2)).toEqual({ a: 1 });
    expect(withValueAt({ a: 1 }, '/x/y/z', 2)).toEqual({ a: 1 });
    expect(withValueAt([1], '/x', 2)).toEqual([1]);
  });

  test('takes __proto__ for a field like any other', () => {
    const document = JSON.parse('{"__proto__":{"a":1},"b":{}}') as Json;
    expect(valueAt(document, '/__proto__/a')).toBe(1);
    expect(JSON.stringify(withValueAt(document, '/__proto__/a', 2))).toBe('{"__proto__":{"a":2},"b":{}}');
    expect(JSON.stringify(withValueAt(document, '/b/__proto__', 3))).toBe('{"__proto__":{"a":1},"b":{"__proto__":3}}');
    expect(JSON.stringify(withValueAt(document, '/__proto__', undefined))).toBe('{"b":{}}');
    withValueAt({}, '/__proto__/polluted', true);
    withValueAt({}, '/constructor/prototype/polluted', true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
