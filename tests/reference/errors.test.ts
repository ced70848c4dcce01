import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_STATUSES } from '../../reference/errors.ts';
import { type Reference, startReference } from '../../reference/server.ts';
import { type Answer, CONTRACT, call, expectError, expectHeaders } from './support.ts';

let reference: Reference;
const logged: unknown[] = [];
beforeAll(async () => {
  reference = await startReference({ operations: CONTRACT.operations, log: (error) => logged.push(error) });
});
afterAll(() => reference.close());

const OPERATIONS = CONTRACT.operations.map(({ id, method, path, body }) => {
  const example = Object.values(body?.examples ?? {})[0] as object | undefined;
  const filled = path.replace('{backfill_id}', 'd0000000-0000-4000-8000-000000000001').replace(/\{\w+\}/, 'nothing');
  return [id, method, filled, example] as const;
});

describe.each(OPERATIONS)('%s', (_id, method, path, body) => {
  const send = (headers: Record<string, string>, token?: string | null) =>
    call(reference, method, path, { headers, ...(token !== undefined && { token }), ...(body && { body }) });

  it('401 without a token and with a wrong one', async () => {
    expectError(await send({}, null), 401);
    expectError(await send({}, 'wrong'), 401);
    expectError(await send({ authorization: `Basic ${reference.token}` }), 401);
  });

  it('500, 501 and 504 for the accounts that cannot be opened, 404 for one that does not exist', async () => {
    expectError(await send({ 'x-account': 'damaged' }), 500);
    expectError(await send({ 'x-account': 'archived' }), 501);
    expectError(await send({ 'x-account': 'remote' }), 504);
    expectError(await send({ 'x-account': 'toString' }), 404);
  });

  it.each(ERROR_STATUSES)('%i by the fault switch', async (status) => {
    expectError(await send({ 'x-reference-fault': String(status) }), status);
  });
});

describe('authentication', () => {
  it('takes the scheme in any case, and no token from elsewhere', async () => {
    const authorization = `bEARER  ${reference.token}`;
    expect((await call(reference, 'GET', '/sinks', { headers: { authorization } })).status).toBe(200);
    expectError(await call(reference, 'GET', `/sinks?access_token=${reference.token}`, { token: null }), 401);
  });

  it('says the same whether the object exists, is hidden, or does not exist', async () => {
    const paths = ['/sinks/orders-sink', '/sinks/internal', '/sinks/nothing'];
    const answers = await Promise.all(paths.map((path) => call(reference, 'GET', path, { token: 'wrong' })));
    const shown = answers.map(({ status, text, headers }) => {
      return { status, text, names: [...headers.keys()], challenge: headers.get('www-authenticate') };
    });
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
  });

  it('comes before the fault switch, which ignores other values', async () => {
    const headers = { 'x-reference-fault': '504' };
    expectError(await call(reference, 'GET', '/sinks', { headers, token: null }), 401);
    for (const value of ['503', '418', 'x', '']) {
      const answer = await call(reference, 'GET', '/sinks', { headers: { 'x-reference-fault': value } });
      expect(answer.status).toBe(200);
    }
  });
});

describe('404 of the router', () => {
  it.each([
    ['GET', '/nothing'],
    ['DELETE', '/sinks'],
    ['PUT', '/sinks/orders-sink'],
    ['POST', '/sinks/orders-sink'],
    ['PATCH', '/postgres_databases/orders-db'],
    ['GET', '/postgres_databases/orders-db/test_connection'],
    ['OPTIONS', '/sinks'],
    ['PROPFIND', '/sinks'],
    ['GET', '/sinks/orders-sink/backfills/x/y'],
    ['GET', '//sinks'],
  ])('%s %s', async (method, path) => {
    expectError(await call(reference, method, path), 404);
    expectError(await call(reference, method, path, { token: null }), 404);
  });

  it('and of the lookup, whatever the name', async () => {
    for (const name of ['x'.repeat(5_000), 'a%2Fb', '%F0%9F%90%98', "'%20OR%201=1", '__proto__', '%2e%2e%2fetc']) {
      expectError(await call(reference, 'GET', `/sinks/${name}`), 404);
    }
  });
});

describe('HEAD', () => {
  it.each([
    ['/sinks', 200, {}],
    ['/sinks/orders-sink', 200, {}],
    ['/sinks/nothing', 404, {}],
    ['/sinks/internal', 403, {}],
    ['/nothing', 404, {}],
    ['/sinks', 401, { token: 'wrong' }],
    ['/sinks', 500, { headers: { 'x-account': 'damaged' } }],
    ['/sinks/%zz', 400, {}],
  ])('%s → %i, with the headers of GET and no body', async (path, status, options) => {
    const head = await call(reference, 'HEAD', path, options);
    const get = await call(reference, 'GET', path, options);
    expect([head.status, head.text]).toEqual([status, '']);
    expectHeaders(head, status);
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(get.text)));
    // The client, not the server, decides here that a connection ends after HEAD.
    const names = ({ headers }: Answer) => [...headers.keys()].filter((name) => name !== 'keep-alive').sort();
    expect(names(head)).toEqual(names(get));
  });
});

describe('5xx', () => {
  it('tells its cause to the log only', async () => {
    logged.length = 0;
    expectError(await call(reference, 'GET', '/sinks', { headers: { 'x-account': 'damaged' } }), 500);
    expect(logged).toEqual([expect.any(SyntaxError)]);
  });

  it('is a 504 when the database does not answer', async () => {
    for (const work of ['test_connection', 'refresh_tables']) {
      expectError(await call(reference, 'POST', `/postgres_databases/silent-db/${work}`), 504);
    }
  });

  it('is a bare 500 when a handler throws anything at all', async () => {
    const thrown = [
      new Error('secret at /srv/x.ts:1'),
      Object.assign(new Error('x'), { statusCode: 418 }),
      'text',
      null,
    ];
    const broken = await startReference({
      operations: CONTRACT.operations,
      alteration: {
        parts: ({ handlers }) => ({
          handlers: {
            ...handlers,
            getSink: ({ params }) => {
              throw thrown[Number(params.sink_id_or_name)];
            },
          },
        }),
      },
    });
    for (const index of thrown.keys()) expectError(await call(broken, 'GET', `/sinks/${index}`), 500);
    await broken.close();
  });
});
