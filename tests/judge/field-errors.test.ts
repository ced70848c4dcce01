import { describe, expect, test } from 'vitest';
import { findUnnamed } from '../../judge/field-errors.ts';
import type { Json, JsonSchema } from '../../schemas/contract.ts';

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const object = (properties: JsonSchema, more: JsonSchema = {}) => ({ type: 'object', properties, ...more });
const list = (...members: string[]) => ({
  type: 'array',
  items: object(Object.fromEntries(members.map((name) => [name, text]))),
});
const map = { type: 'object', additionalProperties: texts };

const find = (schema: JsonSchema, body: Json, field = 'name') => findUnnamed(schema, body, field, true);

describe('a map from fields to reasons', () => {
  const schema = object({ errors: map });

  test.each<[string, Json, string?]>([
    ['its name', { name: ['blank'] }],
    ['another way to join its words', { redisUrl: ['blank'] }, 'redis_url'],
    ['the object it stands in', { destination: ['incomplete'] }, 'destination.topic'],
    ['its words', { url: ["the name can't be blank"] }],
  ])('names it by %s', (_, errors, field) => {
    expect(find(schema, { errors }, field)).toEqual([]);
  });

  test('does not name it by others', () => {
    expect(find(schema, { errors: { url: ['blank'] } })).toEqual([{ pointer: '/errors' }]);
  });

  test.each<[string, Json]>([
    ['nothing', {}],
    ['errors of no field', { url: ['blank'], base: ['no'] }],
    ['errors of the whole', { non_field_errors: ['no'] }],
    ['another type', 'no'],
  ])('says nothing with %s', (_, errors) => {
    expect(find(schema, { errors })).toBeUndefined();
  });

  test('is looked for where the fault is answered, and where it is documented', () => {
    expect(findUnnamed(schema, { errors: { url: ['blank'] } }, 'name', false)).toBeUndefined();
    expect(find(object({ title: text }), { errors: { url: ['blank'] } })).toBeUndefined();
  });

  test('is told from other maps by its name', () => {
    expect(find(object({ metadata: map }), { metadata: { url: ['blank'] } })).toBeUndefined();
    expect(find(object({ fields: { additionalProperties: text } }), { fields: { url: 'blank' } })).toBeUndefined();
    expect(find(object({ error: object({ details: map }) }), { error: { details: { url: ['blank'] } } })).toEqual([
      { pointer: '/error/details' },
    ]);
  });
});

describe('a list of errors', () => {
  test.each<[string, Json, string?]>([
    ['pointer', '/name'],
    ['pointer', '#/name'],
    ['pointer', '#/tables/0/name', 'tables.0.name'],
    ['pointer', '/a~1b', 'a.b'],
    ['field', 'name'],
    ['field', 'tables[0].name', 'tables.0.name'],
    ['loc', ['body', 'name']],
    ['loc', ['body', 'tables', 0, 'name'], 'tables.0.name'],
    ['loc', 'body.name'],
    ['path', ['name']],
    ['param', 'name'],
  ])('names it by %s %j', (member, value, field) => {
    const schema = object({ errors: list(member, 'detail') });
    expect(find(schema, { errors: [{ [member]: value, detail: 'wrong' }] }, field)).toEqual([]);
  });

  test('does not name it by others', () => {
    const schema = object({ errors: list('pointer', 'detail') });
    expect(find(schema, { errors: [{ pointer: '#/url', detail: 'wrong' }] })).toEqual([{ pointer: '/errors' }]);
  });

  test.each<[string, Json]>([
    ['no entries', []],
    ['an entry without a place', [{ pointer: '#/url' }, { detail: 'wrong' }]],
    ['an entry about the whole', [{ pointer: '#/' }]],
    ['an entry about the body', [{ loc: ['body'] }]],
    ['its words', [{ pointer: '#/url', detail: 'The name is wrong' }]],
  ])('convicts nobody with %s', (_, errors) => {
    expect(find(object({ errors: list('pointer', 'loc', 'detail') }), { errors }) ?? []).toEqual([]);
  });

  test('of which each has a name only is one of fields if it says so', () => {
    const wrong = [{ name: 'ValidationError', message: 'wrong' }];
    expect(find(object({ errors: list('name', 'message') }), { errors: wrong })).toBeUndefined();
    const params = [{ name: 'url', reason: 'wrong' }];
    expect(find(object({ 'invalid-params': list('name', 'reason') }), { 'invalid-params': params })).toEqual([
      { pointer: '/invalid-params' },
    ]);
  });

  test('of something else is none', () => {
    const schema = object({ links: list('path', 'rel'), details: texts });
    expect(find(schema, { links: [{ path: '/docs', rel: 'help' }], details: ['wrong'] })).toBeUndefined();
  });
});

describe('what the contract declares', () => {
  const declared = { 'x-field-errors': true };

  test('is found at any depth, and is the only place', () => {
    const deep = object({ why: { allOf: [declared, map] } });
    const schema = object({ errors: map, error: { allOf: [object({ inner: object({ more: deep }) })] } });
    const why = (reasons: Json) => ({ errors: { name: ['no'] }, error: { inner: { more: { why: reasons } } } });
    expect(find(schema, why({ name: ['no'] }))).toEqual([]);
    expect(find(schema, why({ url: ['the name'] }))).toEqual([{ pointer: '/error/inner/more/why' }]);
    expect(find(schema, why({}))).toEqual([{ pointer: '/error/inner/more/why' }]);
  });

  test('may stand in the items of a list, or be a list', () => {
    const schema = object({
      causes: { type: 'array', items: object({ faults: { ...list('pointer'), ...declared } }) },
    });
    const causes = (...pointers: string[]) => ({ causes: pointers.map((pointer) => ({ faults: [{ pointer }] })) });
    expect(find(schema, causes('/url', '/name'))).toEqual([]);
    expect(find(schema, causes('/url', '/more'))).toEqual([{ pointer: '/causes/0/faults' }]);
  });

  test('in a schema that holds itself is looked for without an end of it', () => {
    const node: JsonSchema = object({ why: { ...map, ...declared } });
    (node.properties as JsonSchema).cause = node;
    expect(find(node, { why: { url: ['no'] } })).toEqual([{ pointer: '/why' }]);
  });
});
