import { describe, expect, test } from 'vitest';
import { type Change, failedExchange, sampleExchange } from '../sample-exchange.ts';
import { findIn } from '../sample-law.ts';

/** What an exchange trips, as `id: message`. */
const trips = (status: number, change: Change) =>
  findIn(sampleExchange(status, change)).map(({ check, message, pointer }) => `${check}${pointer}: ${message}`);

const HEAD: Change = { request: { method: 'HEAD' } };

describe('challenge-on-401', () => {
  test('is missing', () => {
    const change = { headers: { 'WWW-Authenticate': null } };
    expect(trips(401, change)).toEqual(['challenge-on-401: WWW-Authenticate is missing']);
    expect(trips(401, { ...change, ...HEAD })).toEqual(['challenge-on-401: WWW-Authenticate is missing']);
    expect(trips(403, change)).toEqual([]);
  });

  test.each(['', '   ', 'realm="api"', '"Bearer"', ', ,', '=Bearer'])('%j is no challenge', (value) => {
    const found = trips(401, { headers: { 'WWW-Authenticate': value } });
    expect(found).toEqual(['challenge-on-401: WWW-Authenticate holds no challenge']);
  });

  test.each<string | string[]>([
    'Bearer',
    ' Bearer ',
    'bearer realm="api"',
    'Bearer realm="api", error="invalid_token", error_description="The token, it seems, is wrong"',
    'Basic realm="a, b", Bearer realm="c"',
    'Basic realm="x", charset="UTF-8", Bearer',
    'Negotiate, NTLM',
    'Negotiate, Basic realm="x"',
    ', Bearer realm="x"',
    'Negotiate YII=',
    'x-custom~scheme! a=1',
    ['Bearer realm="a"', 'Basic realm="b"'],
    ['', 'Bearer'],
  ])('%j holds one', (value) => {
    expect(trips(401, { headers: { 'WWW-Authenticate': value } })).toEqual([]);
    expect(trips(401, { headers: { 'WWW-Authenticate': null, 'www-authenticate': value } })).toEqual([]);
  });
});

describe('allow-on-405', () => {
  const undocumented = 'error-status-documented: status 405 is none of the published ones';
  test.each<[string, string | null, number]>([
    ['is missing', null, 2],
    ['is there', 'GET', 1],
    ['may be empty (RFC 9110 §10.2.1)', '', 1],
  ])('%s', (_, value, found) => {
    const all = trips(405, { headers: { Allow: value } });
    expect(all).toHaveLength(found);
    expect(all[0]).toContain(undocumented);
    expect(all[1]).toBe(found === 2 ? 'allow-on-405: Allow is missing' : undefined);
  });
});

describe('an answer to HEAD', () => {
  test('head-without-content', () => {
    const found = ['head-without-content: content came with the answer to HEAD'];
    expect(trips(404, { ...HEAD, response: { bytesAfter: '{"summary":"x"}' } })).toEqual(found);
    expect(trips(404, { ...HEAD, response: { body: '{"summary":"x"}', bodyBytes: 15 } })).toEqual(found);
    expect(trips(404, HEAD)).toEqual([]);
    expect(trips(200, { ...HEAD, response: { bytesAfter: 'x' } })).toEqual(found);
  });

  test('a second response behind it is bytes-after-response', () => {
    const [found, ...rest] = trips(404, { ...HEAD, response: { bytesAfter: 'HTTP/1.1 200 OK\r\n\r\n' } });
    expect(rest).toEqual([]);
    expect(found).toBe('bytes-after-response: bytes follow the complete response: "HTTP/1.1 200 OK\\r\\n\\r\\n"');
  });

  test('needs no Content-Type, though it may have one', () => {
    expect(trips(404, { ...HEAD, headers: { 'Content-Type': null } })).toEqual([]);
    expect(
      trips(404, { ...HEAD, headers: { 'Content-Type': 'application/problem+json', 'Content-Length': '15' } }),
    ).toEqual([]);
  });
});

describe('bytes-after-response', () => {
  test.each(['{"summary":"x"}', 'HTTP/1.1 200 OK\r\n\r\n', '\r\n'])('%j', (bytesAfter) => {
    for (const status of [200, 404]) {
      const [found, ...rest] = trips(status, { response: { bytesAfter } });
      expect(found).toBe(`bytes-after-response: bytes follow the complete response: ${JSON.stringify(bytesAfter)}`);
      expect(rest).toEqual([]);
    }
  });
});

describe('Content-Type', () => {
  test('content-type-present', () => {
    const found = ['content-type-present: content comes without a Content-Type'];
    expect(trips(400, { headers: { 'Content-Type': null } })).toEqual(found);
    expect(trips(200, { headers: { 'Content-Type': null } })).toEqual([]);
  });

  test.each([
    'text/plain',
    'application/octet-stream',
    'text/json',
    'application/jsonx',
    'application/x-json',
    'json',
    '',
  ])('content-type-json: %j', (value) => {
    const found = [
      `error-media-type-documented: Content-Type says "${value}", and documented is application/json`,
      `content-type-json: the body is JSON, and Content-Type says "${value}"`,
    ];
    expect(trips(400, { headers: { 'Content-Type': value } })).toEqual(found);
  });

  test.each([
    'application/json',
    'application/JSON; Charset=UTF-8',
    'Application/Json;charset="utf-8"',
    'application/json ; profile="a;b"',
    ' application/json ',
  ])('%j is JSON', (value) => {
    expect(trips(400, { headers: { 'Content-Type': value } })).toEqual([]);
  });

  test.each(['application/problem+json', 'application/vnd.api+json; ext="x"', 'application/vnd.example.v2+error+json'])(
    '%j is JSON, and not the documented one',
    (value) => {
      const found = trips(400, { headers: { 'Content-Type': value } });
      expect(found).toEqual([
        `error-media-type-documented: Content-Type says "${value}", and documented is application/json`,
      ]);
    },
  );

  test('no-html, though the body is JSON', () => {
    expect(trips(400, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })).toEqual([
      'error-media-type-documented: Content-Type says "text/html; charset=utf-8", and documented is application/json',
      'content-type-json: the body is JSON, and Content-Type says "text/html; charset=utf-8"',
      'no-html: the answer is labelled "text/html; charset=utf-8"',
    ]);
  });
});

describe('single-field-lines', () => {
  const lines: [string, string[]][] = [
    ['content-type', ['application/json', 'application/json']],
    ['content-length', ['1', '1']],
    ['retry-after', ['1', '1']],
    ['date', ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 GMT']],
    ['etag', ['"a"', '"b"']],
    ['last-modified', ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 GMT']],
    ['location', ['/a', '/b']],
  ];
  test.each(lines)('%s twice', (name, [one = '', other = '']) => {
    const change = { headers: { 'Content-Type': null, [name]: one, [name.toUpperCase()]: other } };
    const without =
      name === 'content-type' ? change : { headers: { ...change.headers, 'Content-Type': 'application/json' } };
    expect(trips(400, without)).toEqual([`single-field-lines: ${name} stands more than once`]);
  });

  test.each(['Set-Cookie', 'WWW-Authenticate', 'Vary', 'Cache-Control', 'Link', 'Server', 'X-Request-Id'])(
    '%s may',
    (name) => {
      expect(trips(403, { headers: { [name]: ['Bearer', 'Basic'] } })).toEqual([]);
    },
  );
});

describe('the message', () => {
  test('well-formed-message', () => {
    expect(findIn(failedExchange('malformed', 'expected HTTP/'))).toEqual([
      { check: 'well-formed-message', message: 'the answer is no HTTP message: expected HTTP/', pointer: '' },
    ]);
    for (const kind of ['unreachable', 'timeout', 'closed'] as const) expect(findIn(failedExchange(kind))).toEqual([]);
  });

  test('message-complete', () => {
    const found = ['message-complete: the connection ended before the message did'];
    expect(trips(400, { response: { complete: false } })).toEqual(found);
    expect(trips(400, { response: { complete: false, truncated: true } })).toEqual([
      'error-body-json: the body is too long to be read to its end',
    ]);
    expect(trips(200, { response: { complete: false } })).toEqual([]);
  });

  test('content-decodable', () => {
    const response = { decodeError: 'incorrect header check' };
    expect(trips(400, { headers: { 'Content-Encoding': 'gzip' }, response })).toEqual([
      'error-body-json: the body is not JSON: incorrect header check',
      'content-decodable: incorrect header check',
    ]);
    expect(trips(400, { headers: { 'Content-Encoding': 'gzip' } })).toEqual([]);
  });
});

describe('the encoding', () => {
  test('json-utf8', () => {
    const found = ['json-utf8: the body is not valid UTF-8'];
    const raw = '{"summary":"Anfrage ung\uFFFDltig"}';
    expect(trips(400, { body: { raw }, response: { validUtf8: false } })).toEqual(found);
    expect(trips(400, { body: { summary: 'Ungültig 😀' } })).toEqual([]);
    expect(trips(400, { body: { summary: 'a real \uFFFD' } })).toEqual([]);
  });

  test('json-utf8 also where only the label says JSON', () => {
    const [, ...found] = trips(400, { body: { raw: '\uFFFD\uFFFD{' }, response: { validUtf8: false } });
    expect(found).toEqual(['json-utf8: the body is not valid UTF-8']);
  });

  test('json-no-bom', () => {
    const found = ['json-no-bom: the body begins with a byte order mark'];
    expect(trips(400, { body: { raw: '\uFEFF{"summary":"x"}' } })).toEqual(found);
    expect(trips(400, { body: { summary: '\uFEFFx' } })).toEqual([]);
  });

  test('another format may be in another encoding, and begin with a mark', () => {
    const headers = { 'Content-Type': 'text/plain; charset=iso-8859-1' };
    const trip = (raw: string) => trips(400, { body: { raw }, headers, response: { validUtf8: false } });
    expect(trip('ung\uFFFDltig').map((each) => each.split(':')[0])).toEqual(['error-body-json']);
    expect(trip('\uFEFFplain').map((each) => each.split(':')[0])).toEqual(['error-body-json']);
  });
});

describe('json-unique-names', () => {
  test.each([
    ['{"summary":"a","summary":"b"}', '/summary'],
    ['{"summary":"a","\\u0073ummary":"b"}', '/summary'],
    ['\uFEFF{"summary":"a", "summary" : "b"}', '/summary'],
  ])('%s', (raw, pointer) => {
    expect(trips(400, { body: { raw } }).at(-1)).toBe(`json-unique-names${pointer}: the name stands twice`);
  });

  test('in an object below', () => {
    const raw = '{"summary":"a","validation_errors":{"name":["x"],"url":["y"],"name":["z"]}}';
    expect(trips(422, { body: { raw } })).toEqual(['json-unique-names/validation_errors/name: the name stands twice']);
  });

  test.each(['{"summary":"\\"summary\\":1,\\"summary\\":2"}', '{"summary":"{\\"summary\\": 1}"}'])('not: %s', (raw) => {
    expect(trips(400, { body: { raw } })).toEqual([]);
  });
});

describe('Retry-After', () => {
  test.each([
    'soon',
    '',
    '-1',
    '1.5',
    '3s',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    '1994-11-06T08:49:37Z',
    'Sun, 06 Nov 1994 08:49:37 CET',
  ])('retry-after-syntax: %j', (value) => {
    const found = [`retry-after-syntax: Retry-After "${value}" is neither a date nor a number of seconds`];
    expect(trips(429, { headers: { 'Retry-After': value } })).toEqual(found);
    expect(trips(503, { headers: { 'Retry-After': value } })).toHaveLength(2);
    expect(trips(302, { headers: { 'Retry-After': value } })).toEqual([]);
  });

  test.each([
    '0',
    '120',
    ' 120 ',
    '99999999999999999999999999',
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Wednesday, 09-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Wed Nov 16 08:49:37 2094',
    'Sat, 31 Dec 2016 23:59:60 GMT',
  ])('%j is well-formed', (value) => {
    expect(trips(429, { headers: { 'Retry-After': value } })).toEqual([]);
  });

  test('retry-after-announced', () => {
    const headers = { 'Retry-After': null };
    expect(trips(429, { headers })).toEqual(['retry-after-announced: Retry-After is missing']);
    expect(trips(503, { headers })).toHaveLength(1);
  });
});
