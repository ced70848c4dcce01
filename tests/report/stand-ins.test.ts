import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillIn, makeStandIns, replaceInExchange } from '../../report/stand-ins.ts';
import { failedExchange, sampleExchange } from '../judge/sample-exchange.ts';

const NOW = '2026-11-25T10:00:00.000Z';
const [ONE, TWO] = ['7c9e6679-7425-40de-944b-e07fc1f90ae7', '3F0C1E0A-5a2b-4c3d-8e9f-0a1b2c3d4e5f'];

describe('what only one run has gets a stand-in', () => {
  test.each([
    [`no ${ONE} here`, 'no {{id:1}} here'],
    [`${ONE}, ${TWO}, ${ONE}`, '{{id:1}}, {{id:2}}, {{id:1}}'],
    ['"ecc-htf4w7bolq-truncated-json"', '"ecc-{{run:1}}-truncated-json"'],
    ['\\377ecc-htf4w7bolq-x', '\\377ecc-{{run:1}}-x'],
    ['ecc-htf4w7bolq-a beside ecc-htf4wtuuam-b', 'ecc-{{run:1}}-a beside ecc-{{run:2}}-b'],
    ['req_01j9z3k4m5n6p7q8r9s0t1v2w3', 'req_{{id:1}}'],
    ['id GOpfv9P9m5-vpC0AAJkC', 'id {{id:1}}'],
    ['trace 4bf92f3577b34da6a3ce929d0e0e4736', 'trace {{id:1}}'],
    ['at 2026-11-25T10:30:15.123Z', 'at {{time}}'],
    ['Wed, 25 Nov 2026 10:00:03 GMT', '{{time}}'],
    ['1795600805', '{{time}}'],
    ['http://127.0.0.1:42091/api/sinks', 'http://127.0.0.1:{{port}}/api/sinks'],
  ])('%s', (text, replaced) => {
    const standIns = makeStandIns(NOW, '42091');
    expect(standIns.replace(text)).toBe(replaced);
    expect(standIns.replace(replaced)).toBe(replaced);
    if (!replaced.includes('{{time}}')) expect(fillIn(replaced, standIns.values)).toBe(text);
  });

  test.each([
    '00000000-0000-4000-8000-00000000dead',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    '2019-05-05T10:30:15Z',
    '4294967295',
    'http://127.0.0.1:42092/api',
    'status 404, line 12, port 65535',
    '{"a":-2.0352975504770528e-10,"b":12345678901234567890123,"c":1.2345678901234567890E+5}',
    'INVALID_AUTHENTICATION_CREDENTIALS',
    'ecc-conformance',
    '{{token}} and {{token:changed}}',
  ])('but not %s', (text) => {
    expect(makeStandIns(NOW, '42091').replace(text)).toBe(text);
  });

  test('and what differs stays different, what is equal stays equal', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid({ version: 4 }), { minLength: 1 }), (ids) => {
        const { replace, values } = makeStandIns(NOW);
        const names = ids.map(replace);
        for (const [index, id] of ids.entries()) expect(names.indexOf(names[index] ?? '')).toBe(ids.indexOf(id));
        expect(fillIn(names.join(), values)).toBe(ids.join());
      }),
    );
  });
});

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

test('two exchanges that differ by the run only become one; bytes and counters', () => {
  const exchange = (id: string, run: string, left: string) =>
    replaceInExchange(
      sampleExchange(400, {
        request: { target: `/sinks/${id}`, body: { text: `{"name":"ecc-${run}-x"}` } },
        headers: { 'X-RateLimit-Remaining': left, 'X-Request-Id': id },
        body: { summary: `no ${id}` },
        response: { bytesAfter: id, bodyBase64: base64(`\u00ffecc-${run}-x ${id} \u00fe`) },
      }),
      makeStandIns(NOW),
    );
  const one = exchange(ONE, 'htf4w7bolq', '12');
  expect(exchange(TWO, 'htf4wtuuam', '11')).toEqual(one);
  expect(JSON.stringify(one)).not.toMatch(/7c9e6679|htf4w/);
  expect(one.response?.bodyBase64).toBe(base64(`\u00ffecc-${'x'.repeat(10)}-x ${'x'.repeat(36)} \u00fe`));
  const failure = { kind: 'malformed' as const, code: 'X', message: `${ONE} came`, received: ONE };
  expect(replaceInExchange({ ...failedExchange('malformed'), failure }, makeStandIns(NOW)).failure).toMatchObject({
    message: '{{id:1}} came',
    received: '{{id:1}}',
  });
});
