import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeEvidence, trimExchange } from '../../judge/evidence.ts';
import { failedExchange, sampleExchange } from './sample-exchange.ts';

const trim = (raw: string, request = {}) => trimExchange(sampleExchange(400, { body: { raw }, request }));

describe('evidence', () => {
  test('keeps what is short as it is', () => {
    const exchange = sampleExchange(400, { request: { body: { text: 'x'.repeat(4096) } } });
    expect(trimExchange(exchange)).toEqual(exchange);
    expect(trimExchange(failedExchange('closed'))).toEqual(failedExchange('closed'));
  });

  test('cuts long bodies, both ways, and leaves the exchange alone', () => {
    const exchange = sampleExchange(400, {
      body: { raw: 'y'.repeat(9000) },
      request: { body: { text: 'x'.repeat(9000) } },
    });
    const before = structuredClone(exchange);
    const trimmed = trimExchange(exchange);
    expect(trimmed.request.body).toEqual({ text: 'x'.repeat(4096) });
    expect(trimmed.response?.body).toBe('y'.repeat(4096));
    expect(trimmed.response?.bodyBytes).toBe(9000);
    expect(exchange).toEqual(before);
  });

  test('keeps the true size of a request that was cut, and of none other', () => {
    const evidenceOf = (body: { text: string } | { base64: string }) =>
      makeEvidence(sampleExchange(400, { request: { body } }));
    expect(evidenceOf({ text: 'é'.repeat(5000) }).requestBytes).toBe(10_000);
    expect(evidenceOf({ text: 'x' })).not.toHaveProperty('requestBytes');
    const bytes = evidenceOf({ base64: Buffer.alloc(6000, 0xff).toString('base64') });
    expect(bytes).toMatchObject({ requestBytes: 6000, exchange: { request: { body: { base64: '/'.repeat(4096) } } } });
  });

  test('never cuts a character in two', () => {
    expect(trim(`${'x'.repeat(4095)}😀😀`).response?.body).toBe('x'.repeat(4095));
    expect(trim(`${'x'.repeat(4094)}😀😀`).response?.body).toBe(`${'x'.repeat(4094)}😀`);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }), fc.nat(20), (unit, shift) => {
        const raw = 'x'.repeat(shift) + unit.repeat(5000);
        const { body = '' } = trim(raw).response ?? {};
        expect(raw.startsWith(body)).toBe(true);
        expect(body.length).toBeLessThanOrEqual(4096);
        expect(body.length).toBeGreaterThan(4090);
        expect(body).not.toMatch(/[\uD800-\uDBFF]$/);
      }),
    );
  });

  test('is cut fast', () => {
    const raw = '😀'.repeat(500_000);
    const start = performance.now();
    for (let count = 0; count < 100; count++) trim(raw);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
