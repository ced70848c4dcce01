import { describe, expect, test } from 'vitest';
import type { Scene } from '../../plan/case.ts';
import { operationOf } from '../../plan/resources.ts';
import { bodyForms, validBody } from '../../provocations/bodies.ts';
import { keepInert } from '../../provocations/inert.ts';
import type { Json, Operation } from '../../schemas/contract.ts';
import { CONTRACT, capabilitiesOf, RESOURCES, worldOf } from './sample-scene.ts';

const create = operationOf(CONTRACT, 'createSink');

function sceneWith(profile: object = {}): Scene {
  const capabilities = capabilitiesOf();
  return {
    contract: CONTRACT,
    resources: RESOURCES,
    capabilities: { ...capabilities, profile: { ...capabilities.profile, ...profile } },
    world: worldOf('own'),
  };
}

const scene = sceneWith();

test.each(bodyForms(create))('a valid sink of the form %s is disabled', (form) => {
  expect(validBody(create, scene, 'x', form)).toMatchObject({ status: 'disabled' });
});

test('the profile’s own bodies and its inert fields come before the contract’s', () => {
  const bodies = { createSink: { status: 'active' } };
  expect(validBody(create, sceneWith({ bodies }), 'x')).toMatchObject({ status: 'active' });
  const inert = { createSink: { status: 'paused', 'destination.batch': false } };
  expect(validBody(create, sceneWith({ inert }), 'x')).toMatchObject({
    status: 'paused',
    destination: { batch: false },
  });
});

/** An operation whose objects are inert while they are off. */
const sending = (properties: object): Operation =>
  ({ ...create, id: 'send', body: { ...create.body, schema: { 'x-inert': { on: false }, properties } } }) as Operation;

describe('a body in which what keeps an object inert is broken', () => {
  const keep = (operation: Operation, valid: Json) =>
    keepInert(operation, scene, { ...(valid as object), on: 'yes' } as Json, valid);

  test.each([
    ['https://hooks.example.com:8443/a?b=c', 'https://ecc.invalid:8443/a?b=c'],
    ['postgresql://user:pass@db.example.com/x', 'postgresql://user:pass@ecc.invalid/x'],
    ['kafka-1.example.com:9092,kafka-2.example.com:9092', 'ecc.invalid:9092,ecc.invalid:9092'],
    ['redis.example.com', 'ecc.invalid'],
    ['localhost:6379', 'ecc.invalid:6379'],
    ['[::1]:6379', 'ecc.invalid:6379'],
  ])('is sent to nowhere: %s', (host, dead) => {
    const operation = sending({ on: { type: 'boolean' }, host: { type: 'string' } });
    expect(keep(operation, { on: false, host })).toEqual({ on: 'yes', host: dead });
  });

  test('is not sent where nothing says where it would be sent to', () => {
    const operation = sending({ on: { type: 'boolean' }, stream_arn: { type: 'string' } });
    expect(keep(operation, { on: false, stream_arn: 'arn:aws:kinesis:us-east-1:1:stream/x' })).toBeUndefined();
  });

  test('is sent as it is where an object that it uses leads nowhere', () => {
    const valid = validBody(create, scene, 'x', 'webhook') as { [name: string]: Json };
    const broken = { ...valid, status: null };
    expect(keepInert(create, scene, broken, valid)).toEqual(broken);
  });
});

test('a body with a fault elsewhere stays as it is', () => {
  const valid = validBody(create, scene, 'x', 'kafka') as { [name: string]: Json };
  const broken = { ...valid, actions: 'not-an-array' };
  expect(keepInert(create, scene, broken, valid)).toEqual(broken);
  expect(JSON.stringify(keepInert(create, scene, { ...valid, status: 'active' }, valid))).toContain('ecc.invalid:9092');
});
