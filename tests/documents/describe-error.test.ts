import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { describeErrors } from '../../documents/describe-error.ts';

const ajv = new Ajv2020({ verbose: true, strict: false });

/** What is said of a value by the errors of a schema. */
function tell(schema: object, value: unknown, showing?: 'values' | 'kinds') {
  const validate = ajv.compile(schema);
  expect(validate(value)).toBe(false);
  return describeErrors(validate.errors, value, showing);
}

const keys = { $schema: { type: 'string' }, name: { type: 'string' }, size: { enum: [1, 2] } };
const closed = { type: 'object', required: ['name'], additionalProperties: false, properties: keys };

test.each<[string, object, unknown, object]>([
  [
    'a key that may not be there',
    closed,
    { name: 'a', nmae: 1 },
    { place: ['nmae'], expected: 'one of the keys name, size', found: '"nmae"' },
  ],
  [
    'what is missing, by how it is spelt',
    closed,
    { nmae: 'a' },
    { place: ['nmae'], expected: 'one of the keys name, size', found: '"nmae"' },
  ],
  [
    'what is missing beside the name of a schema',
    closed,
    { $schema: 'x' },
    { place: ['name'], expected: 'a value', found: 'nothing' },
  ],
  ['a value of another type', closed, { name: 7 }, { place: ['name'], expected: 'text', found: '7' }],
  [
    'a value that is none of those',
    closed,
    { name: 'a', size: 3 },
    { place: ['size'], expected: 'one of 1, 2', found: '3' },
  ],
  [
    'none of several kinds',
    { anyOf: [{ const: 'all' }, { type: 'array' }] },
    7,
    { place: [], expected: '"all" or a list', found: '7' },
  ],
  ['a place in a list', { items: { type: 'string' } }, ['a', 1], { place: [1], expected: 'text', found: '1' }],
])('%s', (_, schema, value, mistake) => {
  expect(tell(schema, value)).toEqual(mistake);
});

test('what stands there is shown by its kind where it may be a secret, and where it is listed all the same', () => {
  expect(tell(closed, { name: ['canary'] }, 'kinds')).toMatchObject({ found: 'a list' });
  expect(tell({ pattern: '^a' }, 'canary', 'kinds')).toMatchObject({ found: 'other text' });
  expect(tell(closed, { name: 'a', size: 3 }, 'kinds')).toMatchObject({ found: '3' });
});
