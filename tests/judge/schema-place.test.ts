import { expect, test } from 'vitest';
import { placeIn } from '../../judge/schema-place.ts';

const schema = {
  properties: {
    name: { type: 'string' },
    'a/b': { properties: { '0': {} } },
    fields: { additionalProperties: { items: { properties: { reason: {} } } } },
    list: { prefixItems: [{ properties: { first: {} } }], items: { properties: { next: {} } } },
  },
  allOf: [{ properties: { more: { anyOf: [{ properties: { deep: {} } }] } } }],
};

test.each([
  ['', ''],
  ['/name', '/name'],
  ['/a~1b/0', '/a~1b/0'],
  ['/fields/url/3/reason', '/fields/*/0/reason'],
  ['/fields/7/3', '/fields/*/0'],
  ['/list/0/first', '/list/0/first'],
  ['/list/5/next', '/list/0/next'],
  ['/list/5/other', '/list/0/*'],
  ['/more/deep', '/more/deep'],
  ['/trace/4/file', '/*/0/*'],
  ['/errors/0', '/errors/0'],
  ['/name/errors', '/name/*'],
  ['/toString', '/*'],
])('%s is at %s', (pointer, place) => {
  expect(placeIn(schema, pointer, new Set(['errors']))).toBe(place);
});

test('without a schema only the names of other bodies are known', () => {
  expect(placeIn(undefined, '/errors/detail', new Set(['errors']))).toBe('/errors/*');
  expect(placeIn(undefined, '/errors/detail')).toBe('/*/*');
});
