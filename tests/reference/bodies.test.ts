import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reference, startReference } from '../../reference/server.ts';
import { CONTRACT, call, expectError } from './support.ts';

let reference: Reference;
beforeAll(async () => {
  reference = await startReference({ operations: CONTRACT.operations });
});
afterAll(() => reference.close());

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, path = '/sinks') {
  const response = await fetch(reference.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${reference.token}`, 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('400 for a body that cannot be read', () => {
  it.each([
    ['empty', ''],
    ['white space', '  \n'],
    ['cut off', '{"name": "x'],
    ['followed by garbage', '{} {}'],
    ['single quotes', "{'name': 'x'}"],
    ['a trailing comma', '{"name": "x",}'],
    ['NaN', '{"batch_size": NaN}'],
    ['a comment', '{} // x'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a string', '"x"'],
    ['a number', '1'],
    ['too deep', `{"annotations": ${'['.repeat(100)}${']'.repeat(100)}}`],
    ['far too deep', '['.repeat(500_000)],
    ['too large', `{"name": "${'x'.repeat(1_100_000)}"}`],
  ])('%s', async (_title, body) => {
    expectError(await post(body), 400);
  });

  it.each([
    ['no UTF-8', Buffer.from('{"name": "\xff\xfe"}', 'latin1')],
    ['UTF-16', Buffer.from('{"name": "x"}', 'utf16le')],
    ['a byte order mark', Buffer.from('\ufeff{"name": "x"}')],
    ['an overlong form', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])],
  ])('%s', async (_title, body) => {
    expectError(await post(new Uint8Array(body)), 400);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonp',
    'application/json; charset=utf-16',
    'nonsense',
    '/',
  ])('sent as %s', async (type) => {
    expectError(await post('{"name": "x"}', { 'content-type': type }), 400);
  });

  it('sent as nothing, or compressed', async () => {
    const options = { body: Buffer.from('{}') as unknown as string, headers: { 'content-type': '' } };
    expectError(await call(reference, 'POST', '/sinks', options), 400);
    expectError(await post(new Uint8Array(gzipSync('{}')), { 'content-encoding': 'gzip' }), 400);
  });

  it('before the object is looked up, and after authentication', async () => {
    expectError(await call(reference, 'PATCH', '/sinks/nothing', { body: '{' }), 400);
    expectError(await call(reference, 'PATCH', '/sinks/internal', { body: '{' }), 400);
    expectError(await call(reference, 'PATCH', '/sinks/nothing', { body: '{', token: null }), 401);
    expectError(await call(reference, 'PATCH', '/nothing', { body: '{' }), 404);
  });
});

describe('bodies that may be', () => {
  it.each(['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"'])(
    'sent as %s',
    async (type) => {
      expectError(await post('{}', { 'content-type': type }), 422);
    },
  );

  it('left out, or empty, where none is required', async () => {
    const path = '/sinks/orders-sink/backfills';
    expect((await call(reference, 'POST', path)).status).toBe(200);
    expect((await post('', {}, path)).status).toBe(200);
    expectError(await post('{', {}, path), 400);
  });

  it('sent to an operation that takes none', async () => {
    const answer = await call(reference, 'DELETE', '/sinks/nothing', { body: '{' });
    expectError(answer, 404);
  });

  it('still under way when the answer is known', async () => {
    const large = 'x'.repeat(3_000_000);
    expectError(await call(reference, 'POST', '/sinks', { body: large, token: null }), 401);
    expectError(await call(reference, 'POST', '/nothing', { body: large }), 404);
  });
});
