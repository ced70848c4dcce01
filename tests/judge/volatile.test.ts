import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskVolatile } from '../../judge/volatile.ts';

test.each([
  ['no 3F0C1E0A-5a2b-4c3d-8e9f-0a1b2c3d4e5f here', 'no <uuid> here'],
  ['at 2026-01-01T10:30:15.123Z', 'at <time>'],
  ['at 2026-01-01 10:30:15+02:00.', 'at <time>.'],
  ['"ecc-r1-control-create_sink" exists', '"<name>" exists'],
  ['trace 4bf92f3577b34da6a3ce929d0e0e4736', 'trace <hex>'],
  ['id F3kd8AbCdEfGhIjKlMnO1', 'id <id>'],
  ['id req_01j9z3k4m5n6p7q8r9s0t1v2w3', 'id req_<id>'],
  ['since 1767263415000', 'since <number>'],
])('%s', (text, masked) => {
  expect(maskVolatile(text)).toBe(masked);
  expect(maskVolatile(masked)).toBe(masked);
});

test.each([
  'The request was refused',
  'status 404, line 12, port 65535',
  'x-amz-request-header-name',
  'example_publication_2 of public.example_orders',
  'INVALID_AUTHENTICATION_CREDENTIALS',
  'internationalisation-of-names',
  'deadbeef',
  '2026-01-01',
])('%s stays', (text) => {
  expect(maskVolatile(text)).toBe(text);
});

test('two UUIDs never make two texts differ', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.lorem(), (one, other, text) => {
      expect(maskVolatile(`${text} ${one}.`)).toBe(maskVolatile(`${text} ${other}.`));
    }),
  );
});
