import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createClient } from '../../exchange/client.ts';
import { clientFor, GET, respond, startFixedServer, startRawServer } from './raw-server.ts';

describe('failures', () => {
  test('refused', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    for (const host of ['127.0.0.1', 'localhost']) {
      const { failure } = await clientFor({ port }, { baseUrl: `http://${host}:${port}` }).send(GET);
      expect(failure).toMatchObject({ kind: 'unreachable', code: 'ECONNREFUSED' });
      expect(failure?.message).toContain('ECONNREFUSED');
    }
  });

  test('no such host', async () => {
    const { failure } = await clientFor({ port: 1 }, { baseUrl: 'http://no-such-host.invalid' }).send(GET);
    expect(failure?.kind).toBe('unreachable');
  });

  test.each([
    ['silence', '', 'timeout'],
    ['half a header', 'HTTP/1.1 200 OK\r\nX', 'timeout'],
    ['an interim answer only', 'HTTP/1.1 100 Continue\r\n\r\n', 'timeout'],
    ['garbage that could go on', 'HTTP/1.1 200 OK\r\nBad Header\r\n', 'malformed'],
  ])('deadline after %s', async (_name, bytes, kind) => {
    const server = await startRawServer((socket) => socket.write(bytes));
    const started = performance.now();
    const exchange = await clientFor(server).send(GET, { timeoutMs: 60 });
    expect(performance.now() - started).toBeLessThan(1900);
    expect(exchange.failure).toMatchObject({ kind });
    expect(exchange.failure?.received ?? '').toBe(bytes);
    expect(exchange.ms).toBeGreaterThan(40);
  });

  test('deadline in the body: the response so far', async () => {
    const server = await startRawServer((socket) => socket.write('HTTP/1.1 500 Oops\r\n\r\nabc'));
    const { response } = await clientFor(server).send(GET, { timeoutMs: 60 });
    expect(response).toMatchObject({ status: 500, body: 'abc', framing: 'close', complete: false });
  });

  test.each([
    ['closed at once', '', 'closed', 'EOF'],
    ['closed in the header', 'HTTP/1.1 200 OK\r\nX: 1\r\n', 'closed', 'EOF'],
    ['garbage', 'SSH-2.0-OpenSSH_9.2\r\n', 'malformed', 'HPE_INVALID_CONSTANT'],
    ['an HTTP/0.9 page', '<html>', 'malformed', 'HPE_INVALID_CONSTANT'],
    ['a bad status', 'HTTP/1.1 2x0 OK\r\n\r\n', 'malformed', 'HPE_INVALID_STATUS'],
    ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n', 'malformed', 'HPE_CR_EXPECTED'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n', 'malformed', ''],
    [
      'length and chunked',
      'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n',
      'malformed',
      '',
    ],
  ])('%s', async (_name, bytes, kind, code) => {
    const server = await startFixedServer(bytes);
    const { failure, response } = await clientFor(server).send(GET);
    expect(response).toBeUndefined();
    expect(failure).toMatchObject({ kind, code: expect.stringContaining(code) });
    expect(failure?.received ?? '').toBe(bytes);
  });

  test('garbage is not waited for', async () => {
    const server = await startRawServer((socket) => socket.write('\u0000\u0001'));
    const started = performance.now();
    expect((await clientFor(server).send(GET)).failure).toMatchObject({ kind: 'malformed', received: '\u0000\u0001' });
    expect(performance.now() - started).toBeLessThan(1900);
  });

  test('reset before and in the response', async () => {
    const before = await startRawServer((socket) => socket.resetAndDestroy());
    expect((await clientFor(before).send(GET)).failure).toMatchObject({ kind: 'closed', code: 'ECONNRESET' });
    const amid = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nabc');
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    expect((await clientFor(amid).send(GET)).response).toMatchObject({
      body: 'abc',
      framing: 'close',
      complete: false,
    });
  });

  test('a header beyond the bound', async () => {
    const server = await startFixedServer(respond('200 OK', '', `X: ${'x'.repeat(70_000)}\r\n`));
    const { failure } = await clientFor(server).send(GET);
    expect(failure).toMatchObject({ kind: 'malformed', code: 'HPE_HEADER_OVERFLOW' });
    expect(failure?.received).toHaveLength(4096);
    const { response } = await clientFor(server, { maxHeaderBytes: 80_000 }).send(GET);
    expect(response?.headers[0]?.[1]).toHaveLength(70_000);
  });

  test('a status below 100, which no answer has', async () => {
    const server = await startFixedServer(respond('099 Odd', '{}'));
    const { failure, response } = await clientFor(server).send(GET);
    expect(response).toBeUndefined();
    expect(failure).toMatchObject({ kind: 'malformed', received: respond('099 Odd', '{}') });
  });

  test('none of them, when it is we who were too busy to read', async () => {
    const server = await startFixedServer(respond('200 OK', '{}'));
    const pending = clientFor(server).send(GET, { timeoutMs: 200 });
    const until = performance.now() + 400;
    while (performance.now() < until);
    expect((await pending).response).toMatchObject({ status: 200, complete: true });
  });

  test('a URL that is of no use is our mistake', () => {
    expect(() => createClient({ baseUrl: 'nowhere', secrets: {}, timeoutMs: 1, concurrency: 1 })).toThrow();
  });
});
