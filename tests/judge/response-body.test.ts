import { expect, test } from 'vitest';
import { parseBody, parseExactly, typeOfJson } from '../../judge/response-body.ts';
import { sampleExchange } from './sample-exchange.ts';

const parse = (raw: string, decodeError?: string) => {
  const { response } = sampleExchange(400, {
    body: { raw },
    response: decodeError === undefined ? {} : { decodeError },
  });
  if (!response) throw new Error('The sample has a response.');
  return parseBody(response);
};

test.each<[string, unknown]>([
  ['', { kind: 'empty' }],
  ['\uFEFF', { kind: 'empty' }],
  ['{"a":[1]}', { kind: 'json', value: { a: [1] } }],
  ['\uFEFF null ', { kind: 'json', value: null }],
  ['"\uFEFF"', { kind: 'json', value: '\uFEFF' }],
  ['{"a":1,"a":2}', { kind: 'json', value: { a: 2 } }],
])('%j', (raw, body) => {
  expect(parse(raw)).toEqual(body);
});

test.each(['{', ' ', '\uFEFF\uFEFF{}', 'undefined', "{'a':1}"])('%j is no JSON, and says why', (raw) => {
  expect(parse(raw)).toEqual({ kind: 'invalid', reason: expect.stringMatching(/^it (?:begins with .|is blank$)/) });
});

test('what could not be decoded is no JSON, whatever it looks like', () => {
  expect(parse('{}', 'incorrect header check')).toEqual({ kind: 'invalid', reason: 'incorrect header check' });
  expect(parse('', 'incorrect header check')).toEqual({ kind: 'empty' });
});

test('what was cut is no JSON, whatever its first part looks like', () => {
  const { response } = sampleExchange(400, { body: { raw: '{}  ' }, response: { truncated: true } });
  expect(response && parseBody(response)).toEqual({ kind: 'invalid', reason: expect.stringMatching(/too long/) });
});

test('any depth is read', () => {
  expect(parse('['.repeat(100_000) + ']'.repeat(100_000)).kind).toBe('json');
});

test('types, in words', () => {
  const words = [undefined, null, [], {}, '', 0, false].map(typeOfJson);
  expect(words).toEqual(['nothing', 'null', 'an array', 'an object', 'a string', 'a number', 'a boolean']);
});

test.each<[string, unknown]>([
  ['{"id":725653563933458433}', { id: '725653563933458433' }],
  ['{"id":-725653563933458433}', { id: '-725653563933458433' }],
  ['[9007199254740991,9007199254740993]', [9007199254740991, '9007199254740993']],
  ['{"id":"725653563933458433","725653563933458433":1}', { id: '725653563933458433', '725653563933458433': 1 }],
  ['{"a":"\\"","b":725653563933458433,"c":"\\\\"}', { a: '"', b: '725653563933458433', c: '\\' }],
  ['{"a":"b: 725653563933458433"}', { a: 'b: 725653563933458433' }],
  ['[0.1234567890123456789,1e-2256535639334584331]', [Number('0.1234567890123456789'), 0]],
])('whole numbers keep their digits in %s', (raw, value) => {
  const { response } = sampleExchange(200, { body: { raw } });
  expect(response && parseExactly(response)).toEqual({ kind: 'json', value });
});

test('what is no JSON does not become some by its numbers', () => {
  const { response } = sampleExchange(200, { body: { raw: '{725653563933458433:1}' } });
  expect(response && parseExactly(response)).toMatchObject({ kind: 'invalid' });
});
