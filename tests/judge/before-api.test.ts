import { describe, expect, test } from 'vitest';
import { isBeforeApi } from '../../judge/before-api.ts';
import type { Exchange, RequestSpec } from '../../model/exchange.ts';

const PLAIN: RequestSpec = {
  method: 'GET',
  target: '/items/1?x=%20',
  headers: [['Authorization', 'Bearer {{token}}']],
};

function ask(request: Partial<RequestSpec>, response: { status?: number; body?: string } = {}): boolean {
  const { status = 400, body = '<html>' } = response;
  const record = { status, headers: [['Content-Type', 'text/html']], body, complete: true, validUtf8: true };
  return isBeforeApi({ request: { ...PLAIN, ...request }, response: record } as unknown as Exchange);
}

const ODD: Partial<RequestSpec>[] = [
  { target: '/items/%zz' },
  { target: '/items?x=%f' },
  { target: '/items/a%00b' },
  { target: '/items/a%2Fb' },
  { target: '/items/..%5cb' },
  { method: 'TRACE' },
  { method: 'BREW' },
  {
    headers: [
      ['Authorization', 'Bearer a'],
      ['authorization', 'Bearer b'],
    ],
  },
];

describe('what HTTP servers answer before any API hears of it', () => {
  test.each(ODD)('is a refusal without JSON of %o', (request) => {
    expect(ask(request)).toBe(true);
    expect(ask(request, { status: 404, body: '' })).toBe(true);
  });

  test.each(ODD)('is no answer with JSON, no failure and no success to %o', (request) => {
    expect(ask(request, { body: '{"summary":"x"}' })).toBe(false);
    expect(ask(request, { status: 500 })).toBe(false);
    expect(ask(request, { status: 200 })).toBe(false);
  });

  test.each([
    {},
    { target: '/items/%C3%A4' },
    { target: '/items/%ff?x=%ff' },
    { target: '/a?x=%2F' },
    { method: 'DELETE' },
    {
      headers: [
        ['Accept', 'a'],
        ['Accept', 'b'],
      ],
    },
  ] as Partial<RequestSpec>[])('is nothing to an ordinary request: %o', (request) => expect(ask(request)).toBe(false));
});
