import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readDocument } from '../../documents/read-document.ts';
import { ContractError } from '../../schemas/contract-error.ts';
import { openLibrary } from '../../schemas/library.ts';
import { type Part, partAt, refuse } from '../../schemas/part.ts';
import { resolveRefs } from '../../schemas/resolve-refs.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'refs-'));
  mkdirSync(join(directory, 'more'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function resolve(files: Record<string, string>): Part {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const document = readDocument(join(directory, 'main.yaml'), {
    complain: (sentence) => new ContractError(sentence),
  });
  return resolveRefs(document, openLibrary(directory, 'main.yaml', document));
}

const resolved = (files: Record<string, string>, ...steps: string[]) => partAt(resolve(files), ...steps).value;

function failure(text: string): string {
  try {
    resolve({ 'main.yaml': text });
  } catch (error) {
    expect(error).toBeInstanceOf(ContractError);
    return (error as Error).message.replace(/^.*main/, 'main');
  }
  return 'no error';
}

describe('references', () => {
  test('lead anywhere in the document, escapes included, and to one and the same object', () => {
    const text = "a: {$ref: '#/more/x~1y'}\nb: {$ref: '#/more/x%7E1y'}\nmore: {x/y: {type: string}}\n";
    const value = resolved({ 'main.yaml': text }) as Record<string, unknown>;
    expect(value.a).toEqual({ type: 'string' });
    expect(value.a).toBe(value.b);
  });

  test('lead into other files of the directory, and on from there, each from where it stands', () => {
    const files = {
      'main.yaml': "a: {$ref: './more/errors.yaml#/Error'}\nb: {$ref: plain.json}\n",
      'more/errors.yaml':
        "Error: {properties: {code: {$ref: '#/Code'}, cause: {$ref: '../plain.json'}}}\nCode: {type: integer}\n",
      'plain.json': '{"type": "string"}',
    };
    expect(resolved(files)).toEqual({
      a: { properties: { code: { type: 'integer' }, cause: { type: 'string' } } },
      b: { type: 'string' },
    });
  });

  test.each([
    ['#/nothing', 'a reference to something that exists'],
    ['nothing.json', 'a reference to something that exists'],
    ['#nothing', 'a reference to something that exists'],
    ['../outside.json', "a reference within the contract's directory"],
    ['more/../../outside.json', "a reference within the contract's directory"],
    ['/etc/passwd', "a reference within the contract's directory"],
    ['%2e%2e/outside.json', "a reference within the contract's directory"],
    ['https://example.com/error.json', "a reference within the contract's directory"],
    ['//example.com/error.json', "a reference within the contract's directory"],
    ['file:///etc/passwd', "a reference within the contract's directory"],
    ['#/a', 'a reference to more than itself'],
  ])('%s is refused where it stands', (ref, expected) => {
    expect(failure(`b: 1\na: {$ref: '${ref}'}\n`)).toBe(`main.yaml:2: a.$ref: expected ${expected}, found ${ref}`);
  });

  test('that are merged with each other in a circle are refused', () => {
    expect(failure("a: {$ref: '#/b', title: A}\nb: {$ref: '#/a', title: B}\n")).toMatch(
      /a reference to more than itself/,
    );
  });

  test('of a schema to itself make a circle of objects', () => {
    const node = resolved(
      { 'main.yaml': "node: {properties: {next: {$ref: '#/node'}, all: {items: {$ref: '#/node'}}}}\n" },
      'node',
    ) as {
      properties: { next: unknown; all: { items: unknown } };
    };
    expect(node.properties.next).toBe(node);
    expect(node.properties.all.items).toBe(node);
  });

  test('to what stands in the middle of a circle are complete, whatever stands beside them', () => {
    const text = `
a: {properties: {b: {$ref: '#/b', description: from a}}}
b: {type: object, properties: {a: {$ref: '#/a', description: from b}}}
`;
    const { a } = resolved({ 'main.yaml': text }) as { a: { properties: { b: Record<string, unknown> } } };
    expect(a.properties.b).toMatchObject({ type: 'object', description: 'from a' });
    expect((a.properties.b.properties as { a: object }).a).toMatchObject({ properties: { b: a.properties.b } });
  });

  test('are none in data, and as the name of a property', () => {
    const data = "{$ref: '#/nowhere', nullable: true, type: string}";
    const text = `
a: {properties: {$ref: {type: string}, default: {$ref: '#/text'}}, default: ${data}, example: ${data}, enum: [${data}]}
examples: {one: {value: ${data}}, two: {$ref: '#/two'}}
responses: {default: {$ref: '#/text'}}
text: {type: string}
two: {value: 2}
`;
    const untouched = { $ref: '#/nowhere', nullable: true, type: 'string' };
    expect(resolved({ 'main.yaml': text })).toMatchObject({
      a: {
        properties: { $ref: { type: 'string' }, default: { type: 'string' } },
        default: untouched,
        example: untouched,
        enum: [untouched],
      },
      examples: { one: { value: untouched }, two: { value: 2 } },
      responses: { default: { type: 'string' } },
    });
  });

  test('tell of a mistake in another file where it is written', () => {
    const whole = resolve({ 'main.yaml': 'a: {$ref: more/b.yaml}\n', 'more/b.yaml': '\nproperties:\n  c: 1\n' });
    expect(refuse(partAt(whole, 'a', 'properties', 'c'), 'a schema').message).toMatch(
      /more\/b\.yaml:3: properties\.c: expected a schema, found 1$/,
    );
  });
});

describe('keywords beside a reference', () => {
  const beside = (more: string, named = '{type: object, properties: {a: true}}') =>
    resolved({ 'main.yaml': `x: {$ref: '#/named', ${more}}\nnamed: ${named}\n` }, 'x');

  test('stand with what it names where that means the same', () => {
    expect(beside('description: D, x-unique: true')).toEqual({
      type: 'object',
      properties: { a: true },
      description: 'D',
      'x-unique': true,
    });
    expect(beside('minProperties: 1')).toMatchObject({ type: 'object', minProperties: 1 });
  });

  test('are held beside all of it where they would change it', () => {
    expect(beside('properties: {b: true}')).toEqual({
      properties: { b: true },
      allOf: [{ type: 'object', properties: { a: true } }],
    });
    expect(beside('properties: {b: true}', '{additionalProperties: false}')).toEqual({
      properties: { b: true },
      allOf: [{ additionalProperties: false }],
    });
    expect(beside('description: D', '{additionalProperties: false}')).toEqual({
      description: 'D',
      additionalProperties: false,
    });
  });
});

describe('what OpenAPI 3.0 says in its own way', () => {
  const normal = (schema: string) => resolved({ 'main.yaml': `x: ${schema}\ntext: {type: string}\n` }, 'x');

  test.each<[string, unknown]>([
    ['{type: string, nullable: true}', { type: ['string', 'null'] }],
    ['{type: string, nullable: false}', { type: 'string' }],
    ['{nullable: true, description: any}', { description: 'any' }],
    ['{type: string, enum: [a], nullable: true}', { type: ['string', 'null'], enum: ['a', null] }],
    ["{allOf: [{$ref: '#/text'}], nullable: true}", { anyOf: [{ allOf: [{ type: 'string' }] }, { type: 'null' }] }],
    ["{$ref: '#/text', nullable: true}", { type: ['string', 'null'] }],
    ['{minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false}', { exclusiveMinimum: 1, maximum: 2 }],
    ['{minimum: 1, exclusiveMinimum: 0}', { minimum: 1, exclusiveMinimum: 0 }],
    ['{properties: {nullable: {type: boolean}}}', { properties: { nullable: { type: 'boolean' } } }],
  ])('%s', (schema, expected) => {
    expect(normal(schema)).toEqual(expected);
  });
});
