import { describe, expect, test } from 'vitest';
import type { Client } from '../../exchange/client.ts';
import type { Exchange, RequestSpec, TransportFailure } from '../../model/exchange.ts';
import { deriveResources } from '../../plan/resources.ts';
import { createGate } from '../../runner/gate.ts';
import { sampleExchange } from '../judge/sample-exchange.ts';
import { capabilitiesOf } from '../provocations/sample-scene.ts';
import { shopContract } from './shop/contract.ts';

const CONTRACT = shopContract(['/items', '/labels', '/items/{id}/parts']);
const MADE_UP = '3f0c1e0a-5a2b-4c3d-8e9f-0a1b2c3d4e5f';

/** A gate before a target that has the objects of these targets, and answers everything else 404. */
function stand(there: string[] = [], profile = {}, always: { status?: number; failure?: TransportFailure } = {}) {
  const sent: string[] = [];
  const send = async (request: RequestSpec): Promise<Exchange> => {
    sent.push(`${request.method} ${request.target}`);
    const { failure } = always;
    if (failure) return { request, url: '', failure, echoed: [], ms: 0 };
    const isMake = request.method === 'POST';
    const status =
      always.status ?? (isMake ? 201 : there.includes(request.target) || request.method === 'DELETE' ? 200 : 404);
    return sampleExchange(status, { request, body: isMake ? { id: 1005, name: 'ecc-x' } : {} });
  };
  const client: Client = { send, sent: () => sent.length };
  const capabilities = capabilitiesOf({});
  const gate = createGate(
    {
      contract: CONTRACT,
      resources: deriveResources(CONTRACT),
      capabilities: {
        ...capabilities,
        profile: { ...capabilities.profile, restricted: ['/items/7'], objects: {}, faults: [], ...profile },
      },
    },
    'http://target',
  );
  gate.trust(MADE_UP);
  const guarded = gate.guard(client, send);
  const ask = async (method: string, target: string, more: Partial<RequestSpec> = {}) =>
    (await guarded.send({ method, target, headers: [], ...more })).failure;
  return { ask, sent, gate };
}

const HELD = { kind: 'held', code: 'EHELD' };
const NOT_FREE = { kind: 'held', code: 'ENOTFREE' };

describe('what reads goes out', () => {
  test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'ECC-NONE'])('%s, to wherever', async (method) => {
    const { ask, sent } = stand(['/labels/1001']);
    expect(await ask(method, '/labels/1001')).toBeUndefined();
    expect(sent).toEqual([`${method} /labels/1001`]);
  });
});

describe('what changes something', () => {
  test('makes objects where the contract says so', async () => {
    expect(await stand().ask('POST', '/items')).toBeUndefined();
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'PURGE', 'put', 'MOVE'])(
    '%s does not reach an object of somebody else',
    async (method) => {
      const { ask, sent } = stand(['/labels/1001']);
      expect(await ask(method, '/labels/1001')).toMatchObject({
        ...HELD,
        message: `${method} /labels/1001 was held back: it names "/labels/1001", which this run has neither made nor made up`,
      });
      expect(sent).toEqual([]);
    },
  );

  test('reaches an own object, however its id is written, and none of the same id elsewhere', async () => {
    const { ask, sent } = stand(['/labels/1005']);
    await ask('POST', '/items');
    expect(await ask('PUT', '/items/1005')).toBeUndefined();
    expect(await ask('PUT', '/items/%31005/')).toBeUndefined();
    expect(await ask('DELETE', '/labels/1005')).toMatchObject(NOT_FREE);
    expect(sent.filter((each) => /^(?:PUT|DELETE)/.test(each))).toEqual(['PUT /items/1005', 'PUT /items/%31005/']);
  });

  test.each([
    ['PUT', '/items'],
    ['DELETE', '/items/'],
    ['DELETE', '/items?id=1'],
    ['PUT', '/%69tems'],
    ['DELETE', `/items/${MADE_UP}/parts`],
  ])('%s %s: never a collection', async (method, target) => {
    expect(await stand().ask(method, target)).toMatchObject(HELD);
  });

  test.each([
    '/items/1001',
    '/items/%31%30%30%31',
    '/items/1001/',
    '/labels/../items/1001',
    `/labels/${MADE_UP}%2F..%2F..%2Fitems%2F1001`,
    '/ITEMS/1001',
    '//items/1001',
    '/items/1001;v=1',
    '/items/1001%00',
    '/elsewhere',
  ])('is not led to it by another spelling: %s', async (target) => {
    const { ask, sent } = stand(['/items/1001']);
    expect(await ask('DELETE', target)).toMatchObject({ kind: 'held' });
    expect(sent.filter((each) => each.startsWith('DELETE'))).toEqual([]);
  });

  test('reaches a made-up id once that is asked for and answered 404, once a run', async () => {
    const { ask, sent } = stand();
    expect(await ask('PUT', `/items/${MADE_UP}`)).toBeUndefined();
    expect(await ask('DELETE', `/items/${MADE_UP}`)).toBeUndefined();
    expect(sent).toEqual([`GET /items/${MADE_UP}`, `PUT /items/${MADE_UP}`, `DELETE /items/${MADE_UP}`]);
    const taken = stand([`/items/${MADE_UP}`]);
    expect(await taken.ask('DELETE', `/items/${MADE_UP}`)).toMatchObject(NOT_FREE);
    expect(taken.sent).toEqual([`GET /items/${MADE_UP}`]);
  });

  test('does not reach an object that the run has removed and somebody else may have been given', async () => {
    const { ask, gate } = stand(['/items/1005']);
    await ask('POST', '/items');
    expect(await ask('DELETE', '/items/1005')).toBeUndefined();
    gate.own('/items/{id}', { id: '1005' });
    expect(await ask('DELETE', '/items/1005')).toMatchObject(NOT_FREE);
    await ask('POST', '/items');
    expect(await ask('DELETE', '/items/1005')).toBeUndefined();
  });

  test('does not reach a hidden object whose reading was not refused', async () => {
    const { ask, sent } = stand(['/items/7']);
    expect(await ask('DELETE', '/items/7')).toMatchObject(HELD);
    expect(sent).toEqual(['GET /items/7']);
  });

  test.each(['/items/7', `/items/${MADE_UP}`])(
    '%s: what cannot be asked for is not sent, and not held',
    async (target) => {
      const failure = { kind: 'unreachable' as const, code: 'ECONNREFUSED', message: 'nobody listens' };
      const { ask, sent } = stand([], {}, { failure });
      expect(await ask('DELETE', target)).toEqual(failure);
      expect(sent).toEqual([`GET ${target}`]);
    },
  );

  test.each([{ status: 503 }, { failure: { kind: 'timeout' as const, code: 'ETIMEDOUT', message: 'nothing' } }])(
    'a hidden object, of which a failing server says nothing, is untested: %j',
    async (answer) => {
      const { ask, sent } = stand([], {}, answer);
      expect(await ask('DELETE', '/items/7')).toMatchObject(NOT_FREE);
      expect(sent).toEqual(['GET /items/7']);
    },
  );

  test('reaches what the profile names for that very POST, and for nothing else', async () => {
    const { ask } = stand(['/items/42'], { objects: { 'make-items-id-parts': { id: '42' } } });
    expect(await ask('POST', '/items/42/parts')).toBeUndefined();
    expect(await ask('POST', '/items/43/parts')).toMatchObject(HELD);
    expect(await ask('DELETE', '/items/42')).toMatchObject(HELD);
    expect(await ask('PUT', `/items/42/parts/${MADE_UP}`)).toMatchObject(HELD);
  });

  test.each<[string, Partial<RequestSpec>]>([
    ['/items', { headers: [['X-HTTP-Method-Override', 'DELETE']] }],
    ['/items', { headers: [['x-http-method', 'DELETE']] }],
    ['/items', { headers: [['X-Method-Override', 'DELETE']] }],
    ['/items?_method=DELETE', {}],
    ['/items?%5fmethod=PUT', {}],
    ['/items?a=1&X-HTTP-Method-Override=PUT', {}],
    ['/items', { body: { text: '{"_method":"DELETE"}' } }],
    ['/items', { body: { text: '{"\\u005fmethod" : "DELETE"' } }],
    ['/items', { body: { text: 'name=x&_method=DELETE' } }],
    ['/items', { body: { base64: Buffer.from('Content-Disposition: form-data; name="_method"').toString('base64') } }],
  ])('names no other method: %s %j', async (target, more) => {
    for (const method of ['POST', 'GET']) expect(await stand().ask(method, target, more)).toMatchObject(HELD);
  });

  test('may hold the same words as a value', async () => {
    const body = { text: '{"name":"_method","color":"X-HTTP-Method-Override"}' };
    expect(await stand().ask('POST', '/items', { body })).toBeUndefined();
  });
});
