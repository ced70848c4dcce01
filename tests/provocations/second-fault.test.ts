import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { operationOf } from '../../plan/resources.ts';
import { withSecondFault } from '../../provocations/second-fault.ts';
import type { Json, Operation } from '../../schemas/contract.ts';
import { CONTRACT, capabilitiesOf, expandFor, listRequests, RESOURCES, worldOf } from './sample-scene.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
const scene = {
  contract: CONTRACT,
  resources: RESOURCES,
  capabilities: capabilitiesOf({ allow: ['read', 'reject'] }),
  world: worldOf('found'),
};

/** Places at which a body is not as documented. */
function faultsOf(operation: string, body: unknown): string[] {
  const validate = ajv.compile(operationOf(CONTRACT, operation).body?.schema ?? {});
  validate(body);
  return [
    ...new Set((validate.errors ?? []).map(({ instancePath, params }) => instancePath || `/${params.missingProperty}`)),
  ];
}

describe('where nothing may be made', () => {
  const creates = listRequests(expandFor(['read', 'reject'])).filter(
    ({ request, case: each }) => request.method === 'POST' && request.body && each?.withheld === undefined,
  );
  const bodyOf = (sent: (typeof creates)[number]): unknown => {
    const { body } = sent.request;
    try {
      return JSON.parse(body && 'text' in body ? body.text : '');
    } catch {
      return undefined;
    }
  };

  test('no body that is sent to a create is valid, and none of an invalid field has one fault only', () => {
    const own = creates.filter(({ operation }) => RESOURCES.some(({ create }) => create.id === operation));
    expect(own.length).toBeGreaterThan(200);
    for (const sent of own) {
      const body = bodyOf(sent);
      if (body === undefined || sent.request.target.includes('backfills')) continue;
      const faults = faultsOf(sent.operation, body);
      expect(faults.length, sent.id).toBeGreaterThan(0);
      if (sent.case?.provocation !== 'invalid-field') continue;
      expect(faults.length, `${sent.id} ${faults}`).toBeGreaterThan(1);
      expect(sent.case.field).toBeUndefined();
    }
  });

  test('none names an object of somebody else', () => {
    for (const { request } of creates) expect(JSON.stringify(request.body)).not.toContain('their-postgres_databases');
  });

  test('what is made of one all the same bears this run’s name, unless the name is at fault', () => {
    const own = creates.filter(({ operation, case: each }) => each && /^create(?!Backfill)/.test(operation));
    const named = own.filter((sent) => JSON.stringify(sent.request.body).includes('ecc-r1-'));
    expect(named.length).toBeGreaterThan(own.length * 0.85);
  });
});

describe('the second fault', () => {
  const create = operationOf(CONTRACT, 'createSink');
  const body: Json = {
    name: 'ecc-r1-x',
    status: 'disabled',
    database: 'their-db',
    actions: [],
    source: {},
    destination: {},
  };
  const thing = (schema: object): Operation => ({ ...create, body: { ...create.body, schema } }) as Operation;

  test('is first where the body would name an object', () => {
    expect(withSecondFault(create, scene, body)).toMatchObject({
      condition: 'invalid-body',
      body: { ...body, database: { not: 'a string' } },
    });
  });

  test('is somewhere else than the first', () => {
    const faulty = { ...body, database: null };
    const doubled = withSecondFault(create, scene, faulty, { valid: body, at: '/database' });
    expect(doubled?.body).toMatchObject({ database: null });
    expect(JSON.stringify(doubled?.body)).not.toBe(JSON.stringify(faulty));
  });

  test('is in the name only where there is no other required field', () => {
    const schema = {
      properties: { name: { type: 'string', 'x-unique': true }, note: { type: 'string' } },
      required: ['name'],
    };
    const doubled = withSecondFault(thing(schema), scene, { name: 'ecc-r1-x', note: 'x' });
    expect(doubled?.body).toEqual({ name: { not: 'a string' }, note: 'x' });
  });

  test('is a reference to nothing where no field is required', () => {
    const reference = {
      type: 'string',
      'x-references': { operationId: 'createPostgresDatabase', value: '$response.body#/name' },
    };
    const doubled = withSecondFault(thing({ properties: { database: reference } }), scene, { database: 'their-db' });
    expect(doubled).toMatchObject({ condition: 'unknown-reference', body: { database: 'ecc-r1-no-such-object' } });
  });

  test.each<[string, object]>([
    ['no field is required', { properties: { note: { type: 'string' } } }],
    ['a field may be of any type', { properties: { note: {} }, required: ['note'] }],
    ['a field may be of several types', { properties: { note: { type: ['string', 'object'] } }, required: ['note'] }],
  ])('is none where %s', (_, schema) => {
    expect(withSecondFault(thing(schema), scene, { note: 'x' })).toBeUndefined();
  });
});
