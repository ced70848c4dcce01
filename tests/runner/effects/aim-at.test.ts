import { expect, test } from 'vitest';
import { operationOf, type WorldObject } from '../../../plan/resources.ts';
import { buildRequest } from '../../../provocations/request.ts';
import { aimAt } from '../../../runner/effects/aim-at.ts';
import { CONTRACT, RESOURCES } from '../../provocations/sample-scene.ts';

const update = operationOf(CONTRACT, 'updatePostgresDatabase');
const resource = RESOURCES.find(({ name }) => name === 'postgres_databases') ?? RESOURCES[0];
const object = (id: string): WorldObject => ({
  params: { id_or_name: id },
  body: { id, name: `ecc-r-${id}`, replication_slots: [{ id: `slot-${id}` }] },
  own: true,
});
const textOf = (aimed: ReturnType<typeof aimAt>) => (aimed?.body && 'text' in aimed.body ? aimed.body.text : '');
const [FROM, TO] = [object('a/b'), object('c d')];
const sent = (id: string, body: object) => ({
  request: buildRequest(update, { params: { id_or_name: id }, body: body as never, query: 'x=1' }),
});

test('target and the object’s own values become those of another one, and all else stays', () => {
  const body = { name: 'ecc-r-a/b', port: 99_999, replication_slots: [{ id: 'slot-a/b', status: 'no' }] };
  const aimed = aimAt(sent('a/b', body), update, resource as never, FROM, TO);
  expect(aimed?.target).toBe('/postgres_databases/c%20d?x=1');
  expect(JSON.parse(textOf(aimed))).toEqual({
    name: 'ecc-r-c d',
    port: 99_999,
    replication_slots: [{ id: 'slot-c d', status: 'no' }],
  });
});

test('a name that is the fault of the case stays', () => {
  const aimed = aimAt(sent('a/b', { name: 'ecc-r-other' }), update, resource as never, FROM, TO);
  expect(textOf(aimed)).toContain('ecc-r-other');
});

test('a body that is no JSON goes out as it is', () => {
  const request = buildRequest(update, { params: { id_or_name: 'a/b' }, rawBody: { text: '{"a":' } });
  expect(aimAt({ request }, update, resource as never, FROM, TO)).toMatchObject({ body: { text: '{"a":' } });
});

test('a request that aims elsewhere is none of its', () => {
  expect(aimAt(sent('unknown', {}), update, resource as never, FROM, TO)).toBeUndefined();
  const { request } = sent('a/b', {});
  expect(
    aimAt(
      { request: { ...request, target: `${request.target.split('?')[0]}/x` } },
      update,
      resource as never,
      FROM,
      TO,
    ),
  ).toBeUndefined();
});
