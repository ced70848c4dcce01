import { describe, expect, test } from 'vitest';
import { beginningOf, describeAnswer, showText } from '../../judge/describe-answer.ts';
import { parseBody } from '../../judge/response-body.ts';
import { failedExchange, sampleExchange } from './sample-exchange.ts';

const responseOf = (raw: string) => sampleExchange(400, { body: { raw } }).response ?? expect.fail('no response');

describe('what came, in a few words', () => {
  test.each([
    [sampleExchange(400), 'got 400'],
    [sampleExchange(301, { headers: { location: '/api/sinks/' } }), 'got 301, which leads to /api/sinks/'],
    [sampleExchange(201, { headers: { Location: '/api/sinks/7' } }), 'got 201'],
    [sampleExchange(304), 'got 304'],
    [failedExchange('closed', 'it was reset'), 'got no answer: it was reset'],
  ])('%#', (exchange, words) => {
    expect(describeAnswer(exchange)).toBe(words);
  });

  test('what an answer says itself is shown by its beginning, on one line', () => {
    expect(showText(responseOf('{"summary":\n\t"no"}'))).toBe(', and says: {"summary": "no"}');
    expect(showText(responseOf(''))).toBe('');
    expect(showText(responseOf('x'.repeat(200)))).toBe(`, and says: ${'x'.repeat(120)}…`);
  });

  test('no half of a pair, and no end that is not one', () => {
    expect(beginningOf(`${'x'.repeat(119)}😀`)).toBe(`${'x'.repeat(119)}…`);
    expect(beginningOf(`${' '.repeat(1000)}x`)).toBe('…');
    expect(beginningOf('\u001b[31m\u2028red')).toBe('[31m red');
  });
});

test.each([
  ['<html>\n<body>', 'it begins with <html> <body>'],
  ['{"summary":"x",}', 'it begins with {"summary":"x",}'],
  [' \n', 'it is blank'],
])('text that is not JSON is shown by its beginning: %j', (raw, reason) => {
  expect(parseBody(responseOf(raw))).toEqual({ kind: 'invalid', reason });
});
