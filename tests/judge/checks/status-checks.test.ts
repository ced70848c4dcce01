import { describe, expect, test } from 'vitest';
import type { Judge } from '../../../plan/case.ts';
import { failedExchange, sampleExchange } from '../sample-exchange.ts';
import { findIn } from '../sample-law.ts';

describe.each<Judge>(['url-credential-refused', 'two-credentials-refused'])('%s', (judgedBy) => {
  const sent = { expected: [401, 400, 403, 404], judgedBy };
  const checksOf = (...given: Parameters<typeof findIn>) => findIn(...given).map(({ check }) => check);

  test.each([200, 204, 500])('%i is found by it, and by no check of the contract', (status) => {
    const message = `expected one of 401 400 403 404, got ${status}`;
    const body = status === 500 ? {} : { body: { raw: '' }, headers: { 'Content-Type': null } };
    expect(findIn(sampleExchange(status, body === undefined ? {} : body), sent).slice(-1)).toEqual([
      { check: judgedBy, message, pointer: '' },
    ]);
  });

  test.each([401, 400, 403, 404])('%i is a refusal', (status) => {
    expect(findIn(sampleExchange(status), sent)).toEqual([]);
  });

  test('so is any other 4xx, documented or not', () => {
    expect(checksOf(sampleExchange(422), sent)).toEqual([]);
    expect(checksOf(sampleExchange(418), sent)).toEqual(['error-status-documented']);
  });

  test('silence is found', () => {
    expect(checksOf(failedExchange('closed'), sent)).toEqual([judgedBy]);
  });

  test('what never got there is not', () => {
    expect(checksOf(failedExchange('unreachable'), sent)).toEqual([]);
  });

  test('a case that does not name it is judged by the contract', () => {
    expect(checksOf(sampleExchange(200), { expected: [401] })).toEqual(['meaning-401']);
  });
});
