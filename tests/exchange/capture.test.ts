import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { capture } from '../../exchange/capture.ts';
import { createRedaction } from '../../exchange/redact.ts';
import type { Wire } from '../../exchange/wire.ts';
import { createSeal } from '../../runner/seal.ts';
import { clientFor, coded, GET, receive, respond, SECRETS, startFixedServer, startRawServer } from './raw-server.ts';

describe('secrets', () => {
  test('are removed wherever the server puts them', async () => {
    const { token, adminToken } = SECRETS;
    const basic = Buffer.from(`user:${token}`).toString('base64');
    const server = await startFixedServer(
      `${respond('401 No', `{"got":"${token}","b":"${basic}"}`, `X-Echo: ${adminToken}\r\nSet-Cookie: sid=abc; Path=/\r\n`)}${token}`,
    );
    const exchange = await clientFor(server).send(GET);
    const { response, echoed } = exchange;
    expect(JSON.parse(response?.body ?? '')).toMatchObject({ got: '«redacted:token»' });
    expect(response?.headers).toContainEqual(['X-Echo', '«redacted:adminToken»']);
    expect(response?.headers).toContainEqual(['Set-Cookie', 'sid=«redacted:set-cookie»; Path=/']);
    expect(response?.bytesAfter).toBe('«redacted:token»');
    expect(echoed).toHaveLength(3);
    expect(echoed).toEqual(
      expect.arrayContaining([
        { secret: 'adminToken', where: 'header' },
        { secret: 'token', where: 'body' },
        { secret: 'token', where: 'after' },
      ]),
    );
    expect(JSON.stringify(exchange)).not.toMatch(new RegExp(`${token}|rootADMIN|${basic.slice(8, -4)}`));
  });

  test('are not left in what only later code decodes', async () => {
    const { token } = SECRETS;
    const inJson = token.replace(/./g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const inHtml = token.replace(/./g, (each) => `&#${each.charCodeAt(0)};`);
    const body = `{"summary":"no ${inJson}","page":"${inHtml}","bytes":${JSON.stringify([...Buffer.from(token)])}}`;
    const server = await startFixedServer(respond('404 No', body, `X-Echo: ${inHtml}\r\n`));
    const { response, echoed } = await clientFor(server).send(GET);
    expect(JSON.parse(response?.body ?? '')).toEqual({
      summary: 'no «redacted:token»',
      page: '«redacted:token»',
      bytes: ['«redacted:token»'],
    });
    expect(response?.headers).toContainEqual(['X-Echo', '«redacted:token»']);
    expect(echoed).toHaveLength(2);
  });

  test('are found although chunks, packets or a coding part them', async () => {
    const [one, two] = [SECRETS.token.slice(0, 9), SECRETS.token.slice(9)];
    const chunked = await startRawServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n${one}\r\n`);
      setTimeout(() => socket.end(`${two.length.toString(16)}\r\n${two}\r\n0\r\n\r\n`), 10);
    });
    expect((await clientFor(chunked).send(GET)).response?.body).toBe('«redacted:token»');
    const zipped = await startFixedServer(coded('gzip', gzipSync(SECRETS.token)));
    expect((await clientFor(zipped).send(GET)).response?.body).toBe('«redacted:token»');
  });

  test('are not left in half where something was cut', async () => {
    const short = await startFixedServer(`HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n${SECRETS.token}`);
    const { response } = await clientFor(short).send(GET);
    expect(response).toMatchObject({ body: '«redacted:token»', bytesAfter: '«redacted:token»' });
    const long = await startFixedServer(respond('200 OK', `12345${SECRETS.token}`));
    const { response: cut } = await clientFor(long, { maxBodyBytes: 15 }).send(GET);
    expect(cut).toMatchObject({ body: '12345«redacted:token»', bodyBytes: 15 });
  });

  test('are noticed behind the part of a cut body that is kept', async () => {
    const { token } = SECRETS;
    const server = await startFixedServer(respond('200 OK', `${'x'.repeat(1_000_000)}${token}${'x'.repeat(100_000)}`));
    const { response, echoed } = await clientFor(server).send(GET);
    expect(response).toMatchObject({ truncated: true, body: 'x'.repeat(64 * 1024), bodyBytes: 1024 * 1024 });
    expect(echoed).toEqual([{ secret: 'token', where: 'body' }]);
  });

  test('are removed from bytes that are no response and from bytes that are no text', async () => {
    const garbage = await startFixedServer(`hello ${SECRETS.token}`);
    const { failure, echoed } = await clientFor(garbage).send(GET);
    expect(failure?.received).toBe('hello «redacted:token»');
    expect(echoed).toEqual([{ secret: 'token', where: 'body' }]);
    const response = await receive(Buffer.from(`HTTP/1.1 200 OK\r\n\r\n\u00ff${SECRETS.token}`, 'latin1'));
    expect(Buffer.from(response.bodyBase64 ?? '', 'base64').toString('latin1')).not.toContain(SECRETS.token);
  });

  test.each<[string, (bytes: Buffer) => string | Buffer]>([
    ['that nobody announced', (bytes) => bytes],
    ['whose checksum is wrong', (bytes) => Buffer.concat([bytes.subarray(0, -8), Buffer.alloc(8)])],
    ['that breaks later on', (bytes) => Buffer.concat([bytes.subarray(0, -8), Buffer.alloc(200, 7)])],
  ])('are not left in compressed bytes %s', async (_name, spoil) => {
    const packed = spoil(gzipSync(`{"summary":"${SECRETS.token}"}`)) as Buffer;
    const plain = `HTTP/1.1 400 No\r\nContent-Length: ${packed.length}\r\n`;
    for (const head of [plain, `${plain}Content-Encoding: gzip\r\n`]) {
      const server = await startFixedServer(Buffer.concat([Buffer.from(`${head}\r\n`), packed]));
      const { response } = await clientFor(server).send(GET);
      expect(response?.body).toMatch(/^(?:«redacted:compressed»|\{"summary":"«redacted:token»"\})$/);
      const bytes = Buffer.from(response?.bodyBase64 ?? '', 'base64').toString();
      expect(bytes).toBe(response?.validUtf8 === true ? '' : '«redacted:compressed»');
    }
  });

  test('are left alone in compressed bytes that hold none', async () => {
    const packed = gzipSync('{"summary":"no"}');
    const head = Buffer.from(`HTTP/1.1 400 No\r\nContent-Length: ${packed.length}\r\n\r\n`);
    const response = await receive(Buffer.concat([head, packed]));
    expect(response.bodyBase64).toBe(packed.toString('base64'));
  });

  test('are not left in half in a message that was cut', async () => {
    const error = { code: 'ERR_TLS', message: `of no use: ${SECRETS.token.slice(0, 12)}…` };
    const after = Buffer.alloc(0);
    const wire: Wire = { connected: false, message: after, after, phase: 'start', end: 'failed', ms: 1, error };
    const newRedactor = createRedaction(SECRETS);
    const outcome = await capture(wire, false, 1000, newRedactor());
    const sealed = createSeal(newRedactor).exchange({ request: GET, url: '', ...outcome, echoed: [], ms: 1 });
    expect(sealed.failure).toEqual({ kind: 'unreachable', code: 'ERR_TLS', message: 'of no use: «redacted:token»…' });
  });
});

describe('a session', () => {
  const session = 'a1b2+c3d4/e5f6g7';
  const cookie = `Set-Cookie: sid=${session}; Path=/\r\n`;

  test('that the server sets and says again is masked everywhere, and is no echo', async () => {
    const body = JSON.stringify({ sid: session, b: Buffer.from(`x:${session}`).toString('base64') });
    const server = await startFixedServer(
      `${respond(`400 ${session}`, body, `${cookie}X-Again: ${encodeURIComponent(session)}\r\n`)}HTTP/1.1 200 OK\r\n${cookie}`,
    );
    const exchange = await clientFor(server).send(GET);
    expect(JSON.stringify(exchange)).not.toMatch(/a1b2|g7|YTFi|FiMi/);
    expect(exchange.response?.bytesAfter).toContain('sid=«redacted:set-cookie»; Path=/');
    expect(exchange.echoed).toEqual([]);
  });

  test('in what is no response is masked', async () => {
    const server = await startFixedServer(`HTTP/1.1 banana\r\n${cookie}\r\n${session}`);
    const { failure } = await clientFor(server).send(GET);
    expect(failure?.received).toContain('Set-Cookie: sid=«redacted:set-cookie»; Path=/');
    expect(failure?.received).not.toContain('a1b2');
  });

  test('is looked for in bounded time, however many and long they are', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => `Set-Cookie: s${index}=abcdefgh${index}0123456789`);
    const long = `sid=${'x1'.repeat(5000)}`;
    const body = `{"first":"abcdefgh00123456789","long":"${'x1'.repeat(5000)}"}`;
    const server = await startFixedServer(respond('400 No', body, `Set-Cookie: ${long}\r\n${many.join('\r\n')}\r\n`));
    const startedAt = performance.now();
    const { response } = await clientFor(server).send(GET);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(response?.body).toBe('{"first":"«redacted:set-cookie»","long":"«redacted:set-cookie»"}');
  });

  test.each(['summary', 'validation_errors', '12'])('is not what a cookie with the value %s sets', async (value) => {
    const server = await startFixedServer(respond('400 No', `{"${value}":1}`, `Set-Cookie: x=${value}\r\n`));
    expect((await clientFor(server).send(GET)).response?.body).toBe(`{"${value}":1}`);
  });
});
