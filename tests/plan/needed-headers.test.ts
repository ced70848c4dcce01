import { expect, test } from 'vitest';
import { withNeededHeaders } from '../../plan/needed-headers.ts';
import { operationOf } from '../../plan/resources.ts';
import { buildRequest } from '../../provocations/request.ts';
import { loadContract } from '../../schemas/load-contract.ts';

const CONTRACT = loadContract();
const headers = { all: { 'X-Version': '1' }, createSink: { 'Idempotency-Key': '{{uuid}}', 'x-version': '2' } };

test('an operation sends the headers that the profile names for it, and those for all', () => {
  const contract = withNeededHeaders(CONTRACT, { headers });
  const sent = (id: string) => buildRequest(operationOf(contract, id), { params: {}, body: {} }).headers;
  expect(sent('createSink')).toEqual(
    expect.arrayContaining([
      ['Idempotency-Key', '{{uuid}}'],
      ['x-version', '2'],
    ]),
  );
  expect(sent('listSinks')).toContainEqual(['X-Version', '1']);
  expect(sent('createSink').filter(([name]) => /^x-version$/i.test(name))).toHaveLength(1);
  expect(sent('listSinks').map(([name]) => name)).not.toContain('Idempotency-Key');
});

test('a header in place of another of its name stands once', () => {
  const contract = withNeededHeaders(CONTRACT, { headers: { createSink: { 'X-Version': '2' } } });
  const again = withNeededHeaders(contract, { headers: { createSink: { 'x-version': '3' } } });
  const sent = buildRequest(operationOf(again, 'createSink'), { body: {} }).headers;
  expect(sent.filter(([name]) => /^x-version$/i.test(name))).toEqual([['x-version', '3']]);
});

test('a contract of which nothing more is asked stays as it is', () => {
  expect(withNeededHeaders(CONTRACT, { headers: {} })).toBe(CONTRACT);
});
