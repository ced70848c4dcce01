import { describe, expect, test } from 'vitest';
import type { Scene } from '../../plan/case.ts';
import { operationOf } from '../../plan/resources.ts';
import { validBody } from '../../provocations/bodies.ts';
import { NOTHING } from '../../provocations/credentials.ts';
import { uniqueName } from '../../provocations/made-up.ts';
import { buildRequest, realParams, unknownParams, whyNoObject } from '../../provocations/request.ts';
import type { Json } from '../../schemas/contract.ts';
import { CONTRACT, capabilitiesOf, idOf, RESOURCES, UNKNOWN_ID, worldOf } from './sample-scene.ts';

const operation = (id: string) => operationOf(CONTRACT, id);
const sceneOf = (kind: 'own' | 'found' | 'empty', profile = {}): Scene => {
  const capabilities = capabilitiesOf();
  return {
    contract: CONTRACT,
    resources: RESOURCES,
    capabilities: { ...capabilities, profile: { ...capabilities.profile, ...profile } },
    world: worldOf(kind),
  };
};

describe('a request', () => {
  test('has the ordinary token and a JSON body unless told otherwise', () => {
    expect(
      buildRequest(operation('updateSink'), { params: { sink_id_or_name: 'a/b ü?' }, body: { name: 'x' } }),
    ).toEqual({
      method: 'PATCH',
      target: '/sinks/a%2Fb%20%C3%BC%3F',
      headers: [
        ['Accept', 'application/json'],
        ['Authorization', 'Bearer {{token}}'],
        ['Content-Type', 'application/json'],
      ],
      body: { text: '{"name":"x"}' },
    });
  });

  test('leaves out what it is told to leave out', () => {
    const bare = buildRequest(operation('listSinks'), { credential: NOTHING });
    expect(bare).toEqual({ method: 'GET', target: '/sinks', headers: [['Accept', 'application/json']] });
    const body = buildRequest(operation('createSink'), { credential: NOTHING, body: null, contentType: null });
    expect(body.headers).toEqual([['Accept', 'application/json']]);
    expect(body.body).toEqual({ text: 'null' });
  });

  test('adds to it what it is told to add', () => {
    const parts = { method: 'HEAD', query: 'x=%ff', headers: [['X-A', 'b']] as [string, string][] };
    const request = buildRequest(operation('listSinks'), parts);
    expect(request).toMatchObject({ method: 'HEAD', target: '/sinks?x=%ff' });
    expect(request.headers.at(-1)).toEqual(['X-A', 'b']);
    const raw = buildRequest(operation('createSink'), { body: {}, rawBody: { base64: '/w==' } });
    expect(raw.body).toEqual({ base64: '/w==' });
  });

  test('without a parameter that it needs is our own mistake', () => {
    const message = 'getSink needs the path parameter "sink_id_or_name".';
    expect(() => buildRequest(operation('getSink'), {})).toThrow(message);
  });

  test('takes any id that a server gives', () => {
    const request = buildRequest(operation('getSink'), { params: { sink_id_or_name: '\ud800\0\r\n{{token}}' } });
    expect(request.target).toBe('/sinks/%EF%BF%BD%00%0D%0A%7B%7Btoken%7D%7D');
  });
});

describe('what a request aims at', () => {
  const main = { sink_id_or_name: idOf('sinks', 'main') };

  test('is the object of the resource, and for changes only one of our own', () => {
    expect(realParams(operation('getSink'), sceneOf('own'))).toEqual(main);
    expect(realParams(operation('deleteSink'), sceneOf('own'))).toEqual(main);
    expect(realParams(operation('getSink'), sceneOf('found'))).toEqual(main);
    expect(realParams(operation('deleteSink'), sceneOf('found'))).toBeUndefined();
    expect(realParams(operation('createBackfill'), sceneOf('found'))).toBeUndefined();
    expect(realParams(operation('getSink'), sceneOf('empty'))).toBeUndefined();
    expect(realParams(operation('createSink'), sceneOf('empty'))).toEqual({});
  });

  test('is what the target profile names', () => {
    const objects = { getSink: { sink_id_or_name: 'theirs' } };
    expect(realParams(operation('getSink'), sceneOf('empty', { objects }))).toEqual({ sink_id_or_name: 'theirs' });
  });

  test('says why there is nothing', () => {
    expect(whyNoObject(operation('getSink'), sceneOf('empty'))).toBe('there is no sinks');
    expect(whyNoObject(operation('deleteSink'), sceneOf('found'))).toBe(
      'needs an object of our own (danger class "write")',
    );
    const scene = sceneOf('empty');
    expect(whyNoObject(operation('getSink'), { ...scene, world: { ...scene.world, missing: {} } })).toBe(
      'no sinks is known on this target',
    );
  });

  test('is unknown in its last part only', () => {
    const unknown = { sink_id_or_name: idOf('sinks', 'main'), backfill_id: UNKNOWN_ID };
    expect(unknownParams(operation('deleteBackfill'), sceneOf('own'))).toEqual(unknown);
    expect(unknownParams(operation('getBackfill'), sceneOf('found'))).toEqual(unknown);
    // Below what is not its own a run changes nothing.
    const nowhere = { sink_id_or_name: UNKNOWN_ID, backfill_id: UNKNOWN_ID };
    expect(unknownParams(operation('deleteBackfill'), sceneOf('found'))).toEqual(nowhere);
    expect(unknownParams(operation('getBackfill'), sceneOf('empty'), 'x')).toEqual({
      sink_id_or_name: UNKNOWN_ID,
      backfill_id: 'x',
    });
  });
});

describe('a valid body', () => {
  const bodyOf = (id: string, scene = sceneOf('own'), form?: string) =>
    validBody(operation(id), scene, 'Purpose: 1', form) as { [name: string]: Json } | undefined;

  test('has a name of our own and refers to what is there', () => {
    const body = bodyOf('createSink');
    expect(body).toMatchObject({
      name: 'ecc-r1-purpose-1',
      database: 'ecc-r1-postgres_databases-main',
      destination: { type: 'webhook', http_endpoint: 'ecc-r1-http_endpoints-main' },
    });
    expect(uniqueName(sceneOf('own'), 'Ü x')).toBe('ecc-r1--x');
  });

  test('of an update keeps the name and the parts of its object', () => {
    expect(bodyOf('updateSink')).toMatchObject({ name: 'ecc-r1-sinks-main' });
    expect(bodyOf('updatePostgresDatabase', sceneOf('own'), 'replication_slot')).toMatchObject({
      replication_slots: [{ id: 'slot-main' }],
    });
  });

  test('is none where what it refers to, or its own part, is not known', () => {
    expect(bodyOf('createSink', sceneOf('empty'))).toBeUndefined();
    expect(bodyOf('updatePostgresDatabase', sceneOf('empty'), 'replication_slot')).toBeUndefined();
    expect(bodyOf('deleteSink')).toBeUndefined();
    expect(bodyOf('createSink', sceneOf('own'), 'no-such-form')).toBeUndefined();
  });

  test('takes what the target profile adds, nested or not, and leaves the contract alone', () => {
    const before = JSON.stringify(CONTRACT);
    const bodies = { createSink: { status: 'paused', destination: { batch: false }, annotations: { a: 1 } } };
    expect(bodyOf('createSink', sceneOf('own', { bodies }))).toMatchObject({
      status: 'paused',
      destination: { type: 'webhook', batch: false },
      annotations: { team: 'example', a: 1 },
    });
    expect(JSON.stringify(CONTRACT)).toBe(before);
  });

  test('may use another object than the main one', () => {
    const other = worldOf('own').held.postgres_databases;
    if (!other) throw new Error('The world has a database that is held.');
    const body = validBody(operation('createSink'), sceneOf('own'), 'x', undefined, { postgres_databases: other });
    expect(body).toMatchObject({ database: 'ecc-r1-postgres_databases-held' });
  });
});
