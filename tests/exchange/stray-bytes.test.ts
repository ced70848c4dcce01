import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { clientFor, GET, receive, respond, startRawServer } from './raw-server.ts';

// What Sequin writes behind most raised exceptions: a bare status line, which on a pooled connection would become the answer
// to the next request.
const STRAY = 'HTTP/1.1 400 Bad Request\r\n\r\n';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('bytes behind a response', () => {
  test('in the same packet', async () => {
    const response = await receive(`${respond('500 Oops', '{}', 'Connection: close\r\n')}${STRAY}`);
    expect(response).toMatchObject({ status: 500, body: '{}', complete: true, bytesAfter: STRAY });
  });

  test('behind a chunked response', async () => {
    const response = await receive(
      `HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n${STRAY}`,
    );
    expect(response).toMatchObject({ body: '{}', complete: true, framing: 'chunked', bytesAfter: STRAY });
  });

  test('a little later, with and without a close', async () => {
    for (const close of [true, false]) {
      const server = await startRawServer(async (socket) => {
        socket.write(respond('500 Oops', '{}', 'Connection: close\r\n'));
        await sleep(5);
        socket.write(STRAY);
        if (close) socket.end();
      });
      const { response } = await clientFor(server, { lingerMs: 200 }).send(GET);
      expect(response).toMatchObject({ status: 500, body: '{}', complete: true, bytesAfter: STRAY });
    }
  });

  test('are not waited for longer than told, and the wait is no part of the time', async () => {
    const server = await startRawServer((socket) => socket.write(respond('200 OK', '{}')));
    const started = performance.now();
    const exchange = await clientFor(server, { lingerMs: 100 }).send(GET);
    const took = performance.now() - started;
    expect(exchange.response).toMatchObject({ complete: true, bytesAfter: '' });
    expect(took - exchange.ms).toBeGreaterThan(90);
  });

  test('are not waited for at all once the server has closed', async () => {
    const server = await startRawServer((socket) => socket.end(respond('200 OK', '{}')));
    const client = clientFor(server, { lingerMs: 2000 });
    const started = performance.now();
    for (let count = 0; count < 20; count += 1) await client.send(GET);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

test('of 2,000 answers, half of them with a stray status line behind, none is misplaced', {
  timeout: 60_000,
}, async () => {
  const server = await startRawServer(async (socket, head) => {
    const id = Number(/^GET \/items\/(\d+) /.exec(head)?.[1]);
    const body = JSON.stringify({ id });
    if (id % 2 === 0) socket.end(respond('200 OK', body));
    else if (id % 4 === 1) socket.end(respond('404 Not Found', body) + STRAY);
    else {
      socket.write(respond('500 Oops', body));
      await sleep(5);
      socket.end(STRAY);
    }
  });
  // A long linger, so that a busy machine does not lose what is sent late.
  const client = clientFor(server, { concurrency: 32, timeoutMs: 20_000, lingerMs: 5000 });
  const exchanges = await Promise.all(
    Array.from({ length: 2000 }, (_, id) => client.send({ ...GET, target: `/items/${id}` })),
  );
  const wrong = exchanges.filter(({ response }, id) => {
    const status = id % 2 === 0 ? 200 : id % 4 === 1 ? 404 : 500;
    const bytesAfter = status === 200 ? '' : STRAY;
    const right = response?.status === status && response.body === JSON.stringify({ id });
    return !right || response.bytesAfter !== bytesAfter || !response.complete;
  });
  expect(wrong).toEqual([]);
  expect(client.sent()).toBe(2000);
  expect(server.requests).toHaveLength(2000);
});

describe('an answer that comes before the request was read', () => {
  const upload = { ...GET, method: 'POST', body: { text: 'x'.repeat(1024 * 1024) } };

  test.each([
    ['closes', (socket: Socket) => socket.destroySoon()],
    ['resets', (socket: Socket) => setTimeout(() => socket.resetAndDestroy(), 5)],
    ['stays', () => {}],
  ])('is not lost when the server %s', async (_name, leave) => {
    const server = await startRawServer((socket) => {
      socket.pause();
      socket.write(respond('413 Content Too Large', '{"summary":"too large"}'), () => leave(socket));
    });
    const client = clientFor(server, { concurrency: 8 });
    const exchanges = await Promise.all(Array.from({ length: 50 }, () => client.send(upload)));
    for (const { response } of exchanges)
      expect(response).toMatchObject({ status: 413, body: '{"summary":"too large"}', complete: true });
  });
});
