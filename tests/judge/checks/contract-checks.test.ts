import { describe, expect, test } from 'vitest';
import type { Json } from '../../../schemas/contract.ts';
import { failedExchange, publishedBody, sampleExchange } from '../sample-exchange.ts';
import { CONTRACT, findIn } from '../sample-law.ts';

const PUBLISHED = '400 401 403 404 422 429 500 501 504';

describe('an exchange as published trips nothing', () => {
  test.each(CONTRACT.statuses)('%i', (status) => {
    expect(findIn(sampleExchange(status), { expected: [status] })).toEqual([]);
    expect(findIn(sampleExchange(status))).toEqual([]);
  });

  test.each(CONTRACT.statuses)('%i in answer to HEAD, without a body', (status) => {
    const head = sampleExchange(status, { request: { method: 'HEAD' } });
    expect(findIn(head, { expected: [status] })).toEqual([]);
  });

  test.each([
    ['200 with a body of another shape', sampleExchange(200, { body: { data: [] } })],
    ['204 without a body', sampleExchange(204, { body: { raw: '' }, headers: { 'Content-Type': null } })],
    ['302 without a body', sampleExchange(302, { body: { raw: '' }, headers: { Location: '/elsewhere' } })],
    ['200 with HTML', sampleExchange(200, { body: { raw: '<html>' }, headers: { 'Content-Type': 'text/html' } })],
  ])('%s is none of the error contract’s business', (_, exchange) => {
    expect(findIn(exchange)).toEqual([]);
  });
});

describe('error-status-documented', () => {
  test.each([402, 405, 409, 418, 451, 502, 503, 599])('%i is not published', (status) => {
    expect(findIn(sampleExchange(status))).toEqual([
      {
        check: 'error-status-documented',
        message: `status ${status} is none of the published ones (${PUBLISHED})`,
        pointer: '',
      },
    ]);
  });
});

describe('error-body-json', () => {
  test('an empty body', () => {
    const exchange = sampleExchange(404, { body: { raw: '' }, headers: { 'Content-Type': null } });
    expect(findIn(exchange)).toEqual([{ check: 'error-body-json', message: 'the body is empty', pointer: '' }]);
  });

  test.each(['Not Found', '{"summary":"cut', "{'summary': 'x'}", '{"summary":"x",}', 'NaN', ' '])('%j', (raw) => {
    const [only, ...rest] = findIn(sampleExchange(404, { body: { raw } }));
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ check: 'error-body-json', pointer: '' });
    expect(only?.message).toBe(`the body is not JSON: ${raw.trim() === '' ? 'it is blank' : `it begins with ${raw}`}`);
  });

  test('white space around JSON is JSON', () => {
    expect(findIn(sampleExchange(404, { body: { raw: ' \r\n\t{"summary": "Not found"}\n' } }))).toEqual([]);
  });

  test('escaped characters are JSON', () => {
    expect(
      findIn(sampleExchange(404, { body: { raw: '{"s\\u0075mmary":"Nicht gefunden: \\u00fcber \\ud83d\\ude00"}' } })),
    ).toEqual([]);
  });

  test('a body that we cut ourselves is not called broken', () => {
    const raw = `{"summary":"${'x'.repeat(5000)}`;
    const exchange = sampleExchange(400, { body: { raw }, response: { truncated: true } });
    expect(findIn(exchange)).toEqual([
      { check: 'error-body-json', message: 'the body is too long to be read to its end', pointer: '' },
    ]);
  });
});

describe.each(CONTRACT.statuses)('meaning-%i', (status) => {
  const other = status === 400 ? 404 : 400;

  test('another status', () => {
    expect(findIn(sampleExchange(other), { expected: [status] })).toEqual([
      { check: `meaning-${status}`, message: `expected ${status}, got ${other}`, pointer: '' },
    ]);
  });

  test('a success', () => {
    const exchange = sampleExchange(200, { body: {} });
    expect(findIn(exchange, { expected: [status, 404] })).toEqual([
      { check: `meaning-${status}`, message: `expected one of ${status} 404, got 200`, pointer: '' },
    ]);
  });

  test('a redirect, and where it leads', () => {
    const exchange = sampleExchange(302, { body: { raw: '' }, headers: { Location: '/login' } });
    const message = `expected ${status}, got 302, which leads to /login`;
    expect(findIn(exchange, { expected: [status] })).toEqual([{ check: `meaning-${status}`, message, pointer: '' }]);
  });

  test('any of several right answers is right', () => {
    expect(findIn(sampleExchange(other), { expected: [status, other] })).toEqual([]);
  });

  test.each(['timeout', 'closed'] as const)('no answer: %s', (kind) => {
    expect(findIn(failedExchange(kind, 'nothing came'), { expected: [status] })).toEqual([
      { check: `meaning-${status}`, message: `expected ${status}, got no answer: nothing came`, pointer: '' },
    ]);
  });

  test('an unreachable target has broken nothing', () => {
    expect(findIn(failedExchange('unreachable'), { expected: [status] })).toEqual([]);
  });
});

describe.each(CONTRACT.statuses)('fields-%i', (status) => {
  const find = (body: Json) => findIn(sampleExchange(status, { body }));
  const own = publishedBody(status);

  test('no summary', () => {
    const { summary, ...rest } = own;
    expect(find(rest)).toEqual([{ check: `fields-${status}`, message: 'field "summary" is missing', pointer: '' }]);
  });

  test.each([null, 7, ['x'], { text: 'x' }, true])('a summary that is no text: %j', (summary) => {
    const message = '/summary must be string';
    expect(find({ ...own, summary })).toEqual([{ check: `fields-${status}`, message, pointer: '/summary' }]);
  });

  test.each([' ', '\n\t'])('a blank summary: %j', (summary) => {
    const message = '/summary is blank';
    expect(find({ ...own, summary })).toEqual([{ check: `fields-${status}`, message, pointer: '/summary' }]);
  });

  test.each([[[]], ['text'], [null], [7], [[own]]])('no object: %j', (body) => {
    expect(find(body)).toEqual([{ check: `fields-${status}`, message: 'the body must be object', pointer: '' }]);
  });
});

describe('fields-422: validation_errors', () => {
  const find = (validation_errors: Json) =>
    findIn(sampleExchange(422, { body: { summary: 'Invalid', validation_errors } }));

  test('is missing', () => {
    const message = 'field "validation_errors" is missing';
    expect(findIn(sampleExchange(422, { body: { summary: 'Invalid' } }))).toEqual([
      { check: 'fields-422', message, pointer: '' },
    ]);
  });

  test.each<[Json, string, string]>([
    [['blank'], '/validation_errors', 'must be object'],
    [{ name: 'blank' }, '/validation_errors/name', 'must be array'],
    [{ name: [] }, '/validation_errors/name', 'must NOT have fewer than 1 items'],
    [{ name: [7] }, '/validation_errors/name/0', 'must be string'],
    [{ name: ['fine', ' '] }, '/validation_errors/name/1', 'is blank'],
    [{ 'a/b~c': [null] }, '/validation_errors/a~1b~0c/0', 'must be string'],
    [{ destination: { topic: ['blank'] } }, '/validation_errors/destination', 'must be array'],
  ])('%j', (errors, pointer, what) => {
    expect(find(errors)).toEqual([{ check: 'fields-422', message: `${pointer} ${what}`, pointer }]);
  });

  test('may be empty, as far as the published schema goes', () => {
    expect(find({})).toEqual([]);
  });
});

describe('undocumented-field', () => {
  test.each(CONTRACT.statuses)('%i', (status) => {
    const body = { ...publishedBody(status), 'request/id': 'x' };
    expect(findIn(sampleExchange(status, { body }))).toEqual([
      { check: 'undocumented-field', message: 'field "request/id" is not documented', pointer: '/request~1id' },
    ]);
  });

  test('names that every JavaScript object has', () => {
    const raw = '{"summary":"x","__proto__":{"a":1},"constructor":1}';
    expect(findIn(sampleExchange(400, { body: { raw } })).map(({ check, pointer }) => `${check} ${pointer}`)).toEqual([
      'undocumented-field /__proto__',
      'undocumented-field /constructor',
    ]);
  });
});

describe('offending-field-unnamed', () => {
  const find = (field: string, validation_errors: Json) =>
    findIn(sampleExchange(422, { body: { summary: 'Invalid', validation_errors } }), { expected: [422], field });

  test.each<[string, Json]>([
    ['name', { name: ['blank'] }],
    ['name', { Name: ['blank'] }],
    ['destination.topic', { 'destination.topic': ['blank'] }],
    ['destination.topic', { topic: ['blank'] }],
    ['destination.topic', { destination: ['topic is blank'] }],
    ['destination.topic', { 'body[destination][topic]': ['blank'] }],
    ['destination.topic', { '/destination/topic': ['blank'] }],
    ['tables.0.name', { 'tables[0].name': ['blank'] }],
    ['tables.0.name', { tables: ['the first has no name'] }],
    ['webhook.site', { 'webhook.site': ['must be true'] }],
    ['name', { url: ['blank'], name: ['blank'] }],
  ])('%s is named by %j', (field, errors) => {
    expect(find(field, errors)).toEqual([]);
  });

  test.each<[string, Json]>([
    ['name', {}],
    ['name', { base: ['name is blank'] }],
    ['name', { username: ['blank'] }],
    ['name', { hostname: ['blank'] }],
    ['tables.0.name', { 0: ['blank'] }],
  ])('%s is not named by %j', (field, errors) => {
    const message = `validation_errors does not name "${field}", which is at fault`;
    expect(find(field, errors)).toEqual([{ check: 'offending-field-unnamed', message, pointer: '/validation_errors' }]);
  });

  test('a nested error object names it too, and is another finding', () => {
    expect(find('destination.topic', { errors: { topic: ['blank'] } }).map(({ check }) => check)).toEqual([
      'fields-422',
    ]);
  });

  test('says nothing where no field is known, or the body has another shape', () => {
    expect(findIn(sampleExchange(422), { expected: [422] })).toEqual([]);
    expect(find('name', 'name').map(({ check }) => check)).toEqual(['fields-422']);
  });

  test('any depth of the answer is borne', () => {
    const depth = 100_000;
    const raw = `{"summary":"x","validation_errors":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    const found = findIn(sampleExchange(422, { body: { raw } }), { expected: [422], field: 'name' });
    expect(found.map(({ check }) => check)).toEqual(['fields-422', 'offending-field-unnamed']);
  });
});

describe('answer-preferred', () => {
  const sent = { expected: [400], tolerated: [404, 422] };

  test.each([404, 422])('%i is no more than tolerated', (status) => {
    expect(findIn(sampleExchange(status), sent)).toEqual([
      {
        check: 'answer-preferred',
        message: `expected 400, got ${status}, which is no more than tolerated`,
        pointer: '',
      },
    ]);
  });

  test('what is asked for is as it should be, and what is neither breaks the meaning', () => {
    expect(findIn(sampleExchange(400), sent)).toEqual([]);
    expect(findIn(sampleExchange(401), sent).map(({ check }) => check)).toEqual(['meaning-400']);
    expect(findIn(sampleExchange(404), { expected: [400, 404] })).toEqual([]);
  });
});

describe('what is too large', () => {
  const sent = { expected: [404], withinBounds: [200, 400], mayBreakOff: true as const };

  test.each([200, 400, 404])('may be within the bounds of a target: %i', (status) => {
    expect(findIn(sampleExchange(status), sent)).toEqual([]);
  });

  test('may make it break off, and nothing else', () => {
    expect(findIn(failedExchange('closed'), sent)).toEqual([]);
    expect(findIn(failedExchange('closed'), { expected: [404] }).map(({ check }) => check)).toEqual(['meaning-404']);
    expect(findIn(failedExchange('timeout'), sent).map(({ check }) => check)).toEqual(['meaning-404']);
  });
});
