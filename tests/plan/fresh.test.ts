import { expect, test } from 'vitest';
import { isFresh } from '../../plan/fresh.ts';
import { operationOf } from '../../plan/resources.ts';
import { buildRequest } from '../../provocations/request.ts';
import type { JsonSchema } from '../../schemas/contract.ts';
import { loadContract } from '../../schemas/load-contract.ts';

const CONTRACT = loadContract();

test.each<[boolean, string, JsonSchema, string?]>([
  [true, 'Idempotency-Key', { type: 'string' }],
  [true, 'X-Request-Id', { type: 'string', format: 'uuid' }],
  [false, 'X-Request-Id', { type: 'string' }],
  [false, 'X-Tenant', { type: 'string', format: 'uuid', default: '0d7f1c4e-5b7a-4f63-9d0e-6c1f2b3a4d5e' }],
  [false, 'Idempotency-Key', { type: 'string' }, 'given'],
])('that a header is another one in each request is %s of %s: %j', (fresh, name, schema, example) => {
  const parameter = { name, in: 'header' as const, required: true, schema, ...(example && { example }) };
  expect(isFresh(parameter)).toBe(fresh);
  const operation = { ...operationOf(CONTRACT, 'listSinks'), parameters: [parameter] };
  const sent = buildRequest(operation, {}).headers.find(([each]) => each === name)?.[1];
  expect(sent === '{{uuid}}').toBe(fresh);
});
