import { describe, expect, test } from 'vitest';
import { clientFor, GET, receive, respond, SECRETS, startFixedServer, startRawServer } from './raw-server.ts';

describe('what goes out', () => {
  test('an illegal request goes out verbatim and its answer is read like any other', async () => {
    const server = await startFixedServer(respond('400 Bad Request', '{}'));
    const client = clientFor(server);
    const { response } = await client.send({
      method: 'br€w me',
      target: '/a b/%zz/../\u00ff',
      headers: [
        ['Authorization', 'Bearer {{token}}'],
        ['Authorization', 'Bearer {{token:changed}}'],
        ['X-Bad', 'a\u0001b'],
      ],
    });
    expect(response).toMatchObject({ status: 400, body: '{}', complete: true });
    const lines = server.requests[0]?.split('\r\n') ?? [];
    expect(lines[0]).toBe('br\u00e2\u0082\u00acw me /a b/%zz/../\u00ff HTTP/1.1');
    expect(lines).toContain(`Authorization: Bearer ${SECRETS.token}`);
    expect(lines).toContain('Authorization: Bearer canaryTOKEx1234567890');
    expect(lines).toContain('X-Bad: a\u0001b');
    expect(client.sent()).toBe(1);
  });

  test('an unknown placeholder is our mistake', async () => {
    const server = await startFixedServer(respond('200 OK', ''));
    const client = clientFor(server);
    await expect(client.send({ ...GET, target: '/{{nothing}}' })).rejects.toThrow(/unknown placeholder/);
    expect(client.sent()).toBe(0);
  });

  test('the record keeps placeholders and shows no userinfo', async () => {
    const server = await startFixedServer(respond('200 OK', ''));
    const client = clientFor(server, { baseUrl: `http://user:hunter22@127.0.0.1:${server.port}/api/` });
    const exchange = await client.send({ ...GET, target: '/x?t={{token}}' });
    expect(exchange.url).toBe(`http://127.0.0.1:${server.port}/api/x?t={{token}}`);
    expect(server.requests[0]).toContain(`GET /api/x?t=${SECRETS.token} HTTP/1.1`);
    expect(server.requests[0]).not.toMatch(/hunter22|Authorization/);
    expect(JSON.stringify(exchange)).not.toContain(SECRETS.token);
  });

  test('redirects are not followed', async () => {
    const server = await startFixedServer(respond('302 Found', '', 'Location: /elsewhere\r\n'));
    expect((await clientFor(server).send(GET)).response?.status).toBe(302);
    expect(server.requests).toHaveLength(1);
  });

  test('no more than the bound at a time', async () => {
    let open = 0;
    let most = 0;
    const server = await startRawServer((socket) => {
      open += 1;
      most = Math.max(most, open);
      socket.on('close', () => {
        open -= 1;
      });
      setTimeout(() => socket.end(respond('200 OK', '')), 5);
    });
    const client = clientFor(server, { concurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, () => client.send(GET)));
    expect(most).toBe(3);
    expect(client.sent()).toBe(12);
  });
});

describe('responses', () => {
  test('headers keep order, case and repetition', async () => {
    const response = await receive(respond('404 Not  Found', '{}', 'X-a: 1\r\nx-A:  2 \r\nX-a: 3\r\n'));
    expect(response).toMatchObject({
      status: 404,
      reason: 'Not  Found',
      httpVersion: '1.1',
      framing: 'content-length',
    });
    expect(response.headers.slice(0, 3)).toEqual([
      ['X-a', '1'],
      ['x-A', '2'],
      ['X-a', '3'],
    ]);
  });

  test('thousands of header fields are all kept', async () => {
    expect((await receive(respond('200 OK', '', 'A: b\r\n'.repeat(3000)))).headers).toHaveLength(3001);
  });

  test('HEAD has no body, and what comes instead stands behind it', async () => {
    const response = await receive(respond('200 OK', 'body'), 'HEAD');
    expect(response).toMatchObject({ body: '', bodyBytes: 0, framing: 'none', complete: true, bytesAfter: 'body' });
  });

  test('chunked', async () => {
    const response = await receive(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{"\r\n5\r\na":1}\r\n0\r\n\r\n',
    );
    expect(response).toMatchObject({
      body: '{"a":1}',
      bodyBytes: 7,
      framing: 'chunked',
      complete: true,
      bytesAfter: '',
    });
  });

  test('a close-delimited body, from HTTP/1.0', async () => {
    const response = await receive('HTTP/1.0 404 Not Found\r\n\r\nabc');
    expect(response).toMatchObject({ body: 'abc', httpVersion: '1.0', framing: 'close', complete: true });
  });

  test.each([
    ['short of its Content-Length', 'Content-Length: 5\r\n\r\nabc', 'content-length'],
    ['chunked, cut in a chunk', 'Transfer-Encoding: chunked\r\n\r\n5\r\nabc', 'chunked'],
    ['chunked, without last chunk', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', 'chunked'],
    ['chunked, garbage for a size', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n', 'chunked'],
  ])('incomplete: %s', async (_name, rest, framing) => {
    const response = await receive(`HTTP/1.1 500 Oops\r\n${rest}`);
    expect(response).toMatchObject({ status: 500, body: 'abc', framing, complete: false, truncated: false });
  });

  test('longer than its Content-Length: the rest stands behind it', async () => {
    const response = await receive('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef');
    expect(response).toMatchObject({ body: 'abc', complete: true, bytesAfter: 'def' });
  });

  test('bytes behind the response are bounded', async () => {
    const response = await receive(`${respond('200 OK', 'ok')}${'x'.repeat(5000)}`);
    expect(response.bytesAfter).toBe('x'.repeat(2048));
  });

  test('interim answers are set apart', async () => {
    const response = await receive(
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${respond('422 No', '{}')}`,
    );
    expect(response).toMatchObject({ status: 422, interim: [103, 100], body: '{}' });
  });

  test('bytes that come one at a time', async () => {
    const bytes = respond('200 OK', '{"a":"é"}');
    const server = await startRawServer(async (socket) => {
      socket.setNoDelay(true);
      for (const byte of Buffer.from(bytes)) {
        socket.write(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end();
    });
    expect((await clientFor(server).send(GET)).response).toMatchObject({
      body: '{"a":"é"}',
      complete: true,
      bytesAfter: '',
    });
  });

  test('a body beyond the bound is cut', async () => {
    const server = await startFixedServer(Buffer.from(respond('200 OK', 'é'.repeat(1000))));
    const { response } = await clientFor(server, { maxBodyBytes: 101 }).send(GET);
    expect(response).toMatchObject({ truncated: true, complete: true, bodyBytes: 101, validUtf8: true });
    expect(response?.body).toBe('é'.repeat(50));
  });

  test('an endless body is cut too, and the connection closed', async () => {
    let closed = false;
    const server = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = () => void (socket.destroyed || socket.write('x'.repeat(65536), more));
      more();
      socket.on('close', () => {
        closed = true;
      });
    });
    const { response } = await clientFor(server).send(GET);
    expect(response).toMatchObject({ truncated: true, bodyBytes: 1024 * 1024, framing: 'close' });
    await expect.poll(() => closed).toBe(true);
  });
});

test("a profile's secret goes into header and body, and its placeholder into the record", async () => {
  const api = await startFixedServer(respond('422 No', '{"password":"hunter-\\"22"}'));
  const client = clientFor(api, { secrets: { ...SECRETS, secretPassword: 'hunter-"22' } });
  const body = { text: '{"password":"{{secretPassword}}","name":"{{token}}"}' };
  const exchange = await client.send({ ...GET, headers: [['X-Key', '{{secretPassword}}']], body });
  expect(api.requests[0]).toContain('X-Key: hunter-"22\r\n');
  expect(api.requests[0]).toMatch(
    /\r\nContent-Length: 45\r\n[\s\S]*\r\n\r\n\{"password":"hunter-\\"22","name":"\{\{token\}\}"\}$/,
  );
  expect(exchange.request.body).toEqual(body);
  expect(exchange.response?.body).toBe('{"password":"«redacted:secretPassword»"}');
});
