import { describe, expect, test } from 'vitest';
import { isDocumented } from '../../provocations/generated/validity.ts';
import { canBeUnknown, isMadeUp, madeUpId, madeUpIds, randomPart, uniqueName } from '../../provocations/made-up.ts';
import type { JsonSchema, Operation } from '../../schemas/contract.ts';
import { CONTRACT, capabilitiesOf, RESOURCES, worldOf } from './sample-scene.ts';

const MADE_UP = '3f0e1c5a-7d42-4b8e-9a6f-2c1d0e9b8a77';
const scene = {
  contract: CONTRACT,
  resources: RESOURCES,
  capabilities: capabilitiesOf(),
  world: { ...worldOf('own'), madeUp: MADE_UP },
};

const reading = (schema: JsonSchema): Operation => ({
  ...(CONTRACT.operations[0] as Operation),
  path: '/things/{id}',
  parameters: [{ name: 'id', in: 'path', required: true, schema }],
});

describe('an id that nothing has', () => {
  test.each<[JsonSchema, string | RegExp]>([
    [{ type: 'string', format: 'uuid' }, MADE_UP],
    [{ type: 'string' }, MADE_UP],
    [{}, MADE_UP],
    [{ type: 'integer' }, '2147480047'],
    [{ type: 'integer', maximum: 9999 }, '9999'],
    [{ type: 'integer', minimum: 10_000_000_000 }, '10000000000'],
    [{ type: 'string', pattern: '^[0-9a-f]{24}$' }, '3f0e1c5a7d424b8e9a6f2c1d'],
    [{ type: 'string', pattern: '^[0-9A-F]{32}$' }, MADE_UP.replaceAll('-', '').toUpperCase()],
    [{ type: 'string', maxLength: 16 }, '3f0e1c5a7d424b8e'],
    [{ type: 'string', pattern: '^ord_[a-z0-9]{12}$' }, /^ord_[a-z0-9]{12}$/],
  ])('is of the form of %j', (schema, id) => {
    const operation = reading(schema);
    const made = madeUpId(operation, 'id', scene);
    if (typeof id === 'string') expect(made).toBe(id);
    else expect(made).toMatch(id);
    expect(madeUpIds([operation], MADE_UP)).toEqual([made]);
  });

  test('is another one in another run', () => {
    const pattern = '^ord_[a-z0-9]{12}$';
    const [one, other] = [MADE_UP, '9d1b7c22-0a4f-4e31-8c55-6f7a8b9c0d1e'].map((each) =>
      madeUpIds([reading({ pattern })], each),
    );
    expect(one).not.toEqual(other);
  });

  test('is none where every value means something', () => {
    expect(canBeUnknown({ schema: { enum: ['daily', 'weekly'] } })).toBe(false);
    expect(canBeUnknown({ schema: { type: 'boolean' } })).toBe(false);
    expect(canBeUnknown({ schema: { type: 'string' } })).toBe(true);
    expect(madeUpId(reading({ enum: ['daily', 'weekly'] }), 'id', scene)).toBe('daily');
  });

  test('is random only where nobody else can have it', () => {
    expect(randomPart(`${MADE_UP}%ff`)).toBe(MADE_UP);
    expect(randomPart('3f0e1c5a7d424b8e9a6f2c1d')).toBeUndefined();
    expect([isMadeUp('2147480047'), isMadeUp('ecc-r1-x'), isMadeUp('42')]).toEqual([true, true, false]);
  });
});

describe('a name that no other object has', () => {
  const FORMS: JsonSchema[] = [
    { type: 'string', maxLength: 20 },
    { type: 'string', maxLength: 8 },
    { type: 'string', pattern: '^[a-z][a-z0-9_]*$' },
    { type: 'string', pattern: '^[a-z0-9]+$', maxLength: 12 },
    { type: 'string', pattern: '^[A-Z0-9-]+$' },
    { type: 'string', pattern: '^[A-Z]{3}-\\d{6}$' },
    { type: 'string', format: 'email' },
    { type: 'string', format: 'uri' },
    { type: 'string', format: 'uuid' },
    { type: 'string', format: 'hostname' },
  ];

  test.each(FORMS)('is of the form of %j, and another for each purpose', (schema) => {
    const names = ['main', 'other', 'spare'].map((purpose) => uniqueName(scene, purpose, schema));
    for (const name of names) expect(isDocumented(schema, name ?? null), name).toBe(true);
    expect(new Set(names).size).toBe(3);
    expect(uniqueName(scene, 'main', schema)).toBe(names[0]);
  });

  test('begins as all of this run do where it may be any text', () => {
    expect(uniqueName(scene, 'Some Purpose!')).toBe('ecc-r1-some-purpose-');
    expect(uniqueName(scene, 'a purpose that is told at length', { maxLength: 24 })).toMatch(/^ecc-r1-[0-9a-f]{10}$/);
  });

  test('is none where nothing fits', () => {
    expect(uniqueName(scene, 'main', { type: 'integer' })).toBeUndefined();
    expect(uniqueName(scene, 'main', { type: 'string', maxLength: 3 })).toBeUndefined();
  });
});
