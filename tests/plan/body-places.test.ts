import { describe, expect, test } from 'vitest';
import { appendPointer, valueAt } from '../../model/json-pointer.ts';
import { fieldName, listPlaces } from '../../plan/body-places.ts';
import type { Json, JsonSchema } from '../../schemas/contract.ts';
import { CONTRACT } from '../judge/sample-law.ts';

const text = { type: 'string' };
const pointersIn = (schema: JsonSchema, body: Json) => listPlaces(schema, body).map((place) => place.pointer);

describe('the places of a body', () => {
  test('are its own properties that the schema describes, outermost first', () => {
    const schema = {
      required: ['a'],
      properties: { a: { properties: { 'b/c': text } }, absent: text, list: { items: { properties: { d: text } } } },
    };
    const body = { a: { 'b/c': 'x' }, undescribed: 1, list: [{ d: 'x' }, { d: 'y' }] };
    expect(listPlaces(schema, body)).toMatchObject([
      { pointer: '/a', required: true, key: '/properties/a', value: body.a },
      { pointer: '/a/b~1c', required: false, key: '/properties/a/properties/b/c', value: 'x' },
      { pointer: '/list', required: false },
      // One item stands for all.
      { pointer: '/list/0/d', required: false, key: '/properties/list/items/properties/d' },
    ]);
  });

  test.each<[string, JsonSchema, Json]>([
    ['no object', { properties: { a: text } }, 'a'],
    ['null', { properties: { a: text } }, null],
    ['an empty list', { items: { properties: { a: text } } }, []],
    ['what only a prototype has', { properties: { toString: text, __proto__: text } }, {}],
    ['a schema without properties', {}, { a: 1 }],
  ])('%s has none', (_, schema, body) => {
    expect(pointersIn(schema, body)).toEqual([]);
  });

  test('follow the alternative that fits, by constants and required properties', () => {
    const oneOf = [
      { required: ['type'], properties: { type: { const: 'a' }, one: text } },
      { required: ['type', 'two'], properties: { type: { const: 'b' }, two: text } },
    ];
    expect(pointersIn({ oneOf }, { type: 'a', one: 'x' })).toEqual(['/type', '/one']);
    expect(pointersIn({ oneOf }, { type: 'b', two: 'x' })).toEqual(['/type', '/two']);
    expect(pointersIn({ oneOf }, { type: 'b' })).toEqual([]);
    expect(pointersIn({ oneOf }, { type: 'c' })).toEqual([]);
    const keys = listPlaces({ oneOf }, { type: 'b', two: 'x' }).map((place) => place.key);
    expect(keys).toEqual(['/oneOf/1/properties/type', '/oneOf/1/properties/two']);
  });

  test('are those of all parts that the schema is put together from, each once', () => {
    const schema = {
      required: ['b'],
      properties: { a: text },
      allOf: [
        { properties: { a: { type: 'integer' }, b: text } },
        { allOf: [{ required: ['c'], properties: { c: text } }] },
      ],
    };
    expect(listPlaces(schema, { a: 'x', b: 'y', c: 'z' })).toMatchObject([
      { pointer: '/a', schema: text, required: false },
      { pointer: '/b', required: true, key: '/allOf/0/properties/b' },
      { pointer: '/c', required: true, key: '/allOf/1/allOf/0/properties/c' },
    ]);
  });

  test('end where the body does, though the schema holds itself', () => {
    const node: JsonSchema = { properties: { name: text } };
    node.properties = { name: text, next: node, all: { items: { anyOf: [node] } } };
    node.allOf = [node];
    expect(pointersIn(node, { name: 'a', next: { name: 'b' }, all: [{ next: { name: 'c' } }] })).toEqual([
      ...['/name', '/next', '/next/name', '/all', '/all/0/next', '/all/0/next/name'],
    ]);
  });

  test('tell which properties choose between forms that nothing else tells apart', () => {
    const anyOf = [
      { required: ['name', 'url'], properties: { name: text, url: text, more: text } },
      { required: ['name', 'path'], properties: { name: text, path: text } },
    ];
    const choosing = (schema: JsonSchema) =>
      listPlaces(schema, { name: 'x', url: 'y', more: 'z' })
        .filter((place) => place.choosesForm)
        .map((place) => place.pointer);
    expect(choosing({ anyOf })).toEqual(['/name', '/url']);
    expect(choosing({ oneOf: anyOf })).toEqual([]);
  });
});

describe('of the contract’s own examples', () => {
  const examples = CONTRACT.operations.flatMap((operation) =>
    Object.entries(operation.body?.examples ?? {}).map(([form, body]) => ({ operation, form, body })),
  );

  test.each(examples)('$operation.id $form: every field is a place, once', ({ operation, body }) => {
    const places = listPlaces(operation.body?.schema ?? {}, body);
    const pointers = places.map((place) => place.pointer);
    expect(new Set(pointers).size).toBe(pointers.length);
    for (const { pointer, value } of places) expect(valueAt(body, pointer)).toBe(value);
    const top = Object.keys(body as { [name: string]: Json }).map((name) => appendPointer('', name));
    expect(pointers).toEqual(expect.arrayContaining(top));
  });
});

test.each([
  ['/destination/topic', 'destination.topic'],
  ['/tables/0/name', 'tables.0.name'],
  ['/webhook.site', 'webhook.site'],
  ['/a~1b/m~0n', 'a/b.m~n'],
])('%s is called %s', (pointer, name) => {
  expect(fieldName(pointer)).toBe(name);
});
