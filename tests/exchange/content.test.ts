import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { coded, receive, respond } from './raw-server.ts';

describe('content', () => {
  const json = Buffer.from('{"a":"é"}');
  test.each([
    ['gzip', gzipSync(json)],
    ['X-GZip', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['deflate', deflateRawSync(json)],
    ['br', brotliCompressSync(json)],
    ['gzip, br', brotliCompressSync(gzipSync(json))],
    ['identity', json],
  ])('%s is undone', async (coding, body) => {
    const response = await receive(coded(coding, body));
    expect(response).toMatchObject({ body: '{"a":"é"}', bodyBytes: json.length, validUtf8: true });
    expect(response.decodeError).toBeUndefined();
  });

  test.each([
    ['gzip', '{"a":1}', 'incorrect header check'],
    ['br', '{"a":1}', 'Decompression failed'],
    ['zstd', '{"a":1}', 'unknown content coding "zstd"'],
    ['gzip, gzip, gzip, gzip', '{"a":1}', '4 content codings on top of each other'],
  ])('%s that cannot be undone', async (coding, body, error) => {
    expect(await receive(coded(coding, Buffer.from(body)))).toMatchObject({ body, decodeError: error, complete: true });
  });

  test('gzip that ends too soon is an error only when the message is complete', async () => {
    const half = gzipSync(Buffer.from('a'.repeat(100))).subarray(0, 15);
    expect((await receive(coded('gzip', half))).decodeError).toBe('unexpected end of file');
    const cut = await receive(coded('gzip', gzipSync(json)).subarray(0, -4));
    expect(cut).toMatchObject({ complete: false, body: '{"a":"é"}' });
    expect(cut.decodeError).toBeUndefined();
  });

  test('a bomb is cut', async () => {
    const response = await receive(coded('gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'))));
    expect(response).toMatchObject({ truncated: true, complete: true });
    expect(response.body).toHaveLength(64 * 1024);
    expect(response.bodyBytes).toBeLessThan(1.1 * 1024 * 1024);
  });

  test('bytes that are not UTF-8', async () => {
    const response = await receive('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"a\u00ff"');
    expect(response).toMatchObject({ validUtf8: false, body: '"a\ufffd"', bodyBytes: 4 });
    expect(Buffer.from(response.bodyBase64 ?? '', 'base64').toString('latin1')).toBe('"a\u00ff"');
  });

  test('a byte order mark', async () => {
    const response = await receive(Buffer.from(respond('200 OK', '\ufeff{}')));
    expect(response).toMatchObject({ validUtf8: true, body: '\ufeff{}', bodyBytes: 5, bodyBase64: '77u/e30=' });
  });

  test('plain text has no base64', async () => {
    expect(await receive(respond('200 OK', '{}'))).not.toHaveProperty('bodyBase64');
  });
});
