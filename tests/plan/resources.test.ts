import { describe, expect, test } from 'vitest';
import {
  deriveResources,
  evaluateExpression,
  fieldOf,
  linkedParams,
  operationOf,
  resourceOf,
} from '../../plan/resources.ts';
import type { Contract, Link, Operation } from '../../schemas/contract.ts';
import { pathParams } from '../../schemas/path-params.ts';
import { CONTRACT } from '../judge/sample-law.ts';

const RESOURCES = deriveResources(CONTRACT);
const operation = (id: string) => operationOf(CONTRACT, id);

/** A contract of a create and a read operation for each resource named. */
function contractOf(all: Record<string, { path: string; references?: string[]; value?: string }>): Contract {
  const operations = Object.entries(all).flatMap(([tag, { path, references = [] }]): Operation[] => {
    const link: Link = { operationId: `get-${tag}`, parameters: { [`${tag}_id`]: '$response.body#/id' } };
    const base = {
      ...{ tag, summary: '', parameters: [], successes: [200], errors: [], errorBodies: {} },
      ...{ notApplicable: {}, links: [] },
    };
    const properties = Object.fromEntries(
      references.map((id) => [id, { 'x-references': { operationId: id, value: '$response.body#/id' } }]),
    );
    return [
      {
        ...base,
        id: `make-${tag}`,
        method: 'POST',
        path,
        links: [link],
        body: { required: true, schema: { properties }, examples: {} },
      },
      { ...base, id: `get-${tag}`, method: 'GET', path: `${path}/{${tag}_id}` },
    ];
  });
  return { ...CONTRACT, operations };
}

describe('the resources of the contract', () => {
  test('come in the order in which they depend on each other, with their operations', () => {
    expect(
      RESOURCES.map((resource) => ({
        name: resource.name,
        operations: [resource.create, resource.list, resource.read, resource.update, resource.remove].map(
          (each) => each?.id,
        ),
        idParam: resource.idParam,
        parent: resource.parent,
        references: resource.references.map((each) => each.resource).sort(),
      })),
    ).toMatchInlineSnapshot(`
      [
        {
          "idParam": "endpoint_id_or_name",
          "name": "http_endpoints",
          "operations": [
            "createHttpEndpoint",
            "listHttpEndpoints",
            "getHttpEndpoint",
            "updateHttpEndpoint",
            "deleteHttpEndpoint",
          ],
          "parent": undefined,
          "references": [],
        },
        {
          "idParam": "id_or_name",
          "name": "postgres_databases",
          "operations": [
            "createPostgresDatabase",
            "listPostgresDatabases",
            "getPostgresDatabase",
            "updatePostgresDatabase",
            "deletePostgresDatabase",
          ],
          "parent": undefined,
          "references": [],
        },
        {
          "idParam": "sink_id_or_name",
          "name": "sinks",
          "operations": [
            "createSink",
            "listSinks",
            "getSink",
            "updateSink",
            "deleteSink",
          ],
          "parent": undefined,
          "references": [
            "http_endpoints",
            "postgres_databases",
          ],
        },
        {
          "idParam": "backfill_id",
          "name": "backfills",
          "operations": [
            "createBackfill",
            "listBackfills",
            "getBackfill",
            "updateBackfill",
            "deleteBackfill",
          ],
          "parent": "sinks",
          "references": [],
        },
      ]
    `);
  });

  test('are found by what a path names last', () => {
    const named = (id: string) => resourceOf(operation(id), RESOURCES)?.name;
    expect(named('getSink')).toBe('sinks');
    expect(named('createBackfill')).toBe('sinks');
    expect(named('deleteBackfill')).toBe('backfills');
    expect(named('testPostgresConnection')).toBe('postgres_databases');
    expect(named('listSinks')).toBeUndefined();
    expect(named('createSink')).toBeUndefined();
  });

  test('an operation that does not exist is our own mistake', () => {
    expect(() => operation('nothing')).toThrow('The contract has no operation "nothing".');
  });
});

describe('the resources of another contract', () => {
  const order = (all: Parameters<typeof contractOf>[0]) => deriveResources(contractOf(all)).map((each) => each.name);

  test('stand behind their parents and what they refer to', () => {
    const all = {
      leaf: { path: '/trees/{tree_id}/leaves', references: ['make-tint'] },
      tree: { path: '/trees', references: ['make-soil'] },
      tint: { path: '/tints' },
      soil: { path: '/soils' },
    };
    expect(order(all)).toEqual(['tints', 'soils', 'trees', 'leaves']);
    const [leaves] = deriveResources(contractOf(all)).slice(-1);
    expect(leaves).toMatchObject({ parent: 'trees', path: '/trees/{tree_id}/leaves/{leaf_id}', idParam: 'leaf_id' });
  });

  test('are known by their path, and not by the name of a parameter', () => {
    const all = { item: { path: '/items' }, label: { path: '/labels' } };
    const { operations, ...rest } = contractOf(all);
    const alike = operations.map((each) => ({
      ...each,
      path: each.path.replace(/\{\w+\}/, '{id}'),
      links: each.links.map((link) => ({ ...link, parameters: { id: '$response.body#/id' } })),
    }));
    const resources = deriveResources({ ...rest, operations: alike });
    expect(resources.map(({ name, read }) => [name, read?.path])).toEqual([
      ['items', '/items/{id}'],
      ['labels', '/labels/{id}'],
    ]);
    const read = alike.find(({ path, method }) => path === '/labels/{id}' && method === 'GET');
    expect(read && resourceOf(read, resources)?.name).toBe('labels');
  });

  test('have the whole path for a name where two are called the same', () => {
    const all = {
      team: { path: '/teams' },
      project: { path: '/projects' },
      'team-label': { path: '/teams/{team_id}/labels' },
      'project-label': { path: '/projects/{project_id}/labels' },
    };
    const resources = deriveResources(contractOf(all));
    expect(resources.map(({ name, parent }) => [name, parent])).toEqual([
      ['teams', undefined],
      ['projects', undefined],
      ['/teams/{team_id}/labels/{team-label_id}', 'teams'],
      ['/projects/{project_id}/labels/{project-label_id}', 'projects'],
    ]);
  });

  test('may not go round in a circle', () => {
    const circle = { a: { path: '/a', references: ['make-b'] }, b: { path: '/b', references: ['make-a'] } };
    expect(() => order(circle)).toThrow('Resources depend on each other: a → b → a.');
  });

  test('may only refer to what something creates', () => {
    const lost = { a: { path: '/a', references: ['get-a'] } };
    expect(() => order(lost)).toThrow('x-references in make-a names "get-a", which creates nothing.');
  });

  test('are none without links', () => {
    const contract = contractOf({ a: { path: '/a' } });
    const operations = contract.operations.map((each) => ({ ...each, links: [] }));
    expect(deriveResources({ ...contract, operations })).toEqual([]);
  });
});

describe('links', () => {
  const body = { id: 'b1', data: [{ id: 7 }], none: null };

  test.each<[string, string | undefined]>([
    ['$response.body#/id', 'b1'],
    ['$response.body#/data/0/id', '7'],
    ['$response.body#/data/1/id', undefined],
    ['$response.body#/none', undefined],
    ['$response.body#', undefined],
    ['$request.path.sink_id', 's1'],
    ['$request.path.other', undefined],
  ])('%s', (expression, value) => {
    expect(evaluateExpression(expression, body, { sink_id: 's1' })).toBe(value);
  });

  test('of another form are not read', () => {
    const expression = '$request.header.x';
    expect(() => evaluateExpression(expression, body, {})).toThrow(`The runtime expression "${expression}"`);
  });

  test('lead from an answer to the operations on its object', () => {
    const linked = (from: string, to: string, params = {}) =>
      linkedParams(operation(from), operation(to), body, params);
    expect(linked('createSink', 'getSink')).toEqual({ sink_id_or_name: 'b1' });
    expect(linked('createBackfill', 'deleteBackfill', { sink_id_or_name: 's1' })).toEqual({
      sink_id_or_name: 's1',
      backfill_id: 'b1',
    });
    expect(linked('listSinks', 'getSink')).toEqual({ sink_id_or_name: '7' });
    expect(linked('createBackfill', 'deleteBackfill')).toBeUndefined();
    expect(linked('createSink', 'deleteBackfill')).toBeUndefined();
  });

  test('lead nowhere by an id that no target could hold', () => {
    const linked = (id: string) => linkedParams(operation('createSink'), operation('getSink'), { id }, {});
    expect(linked('i'.repeat(8000))).toEqual({ sink_id_or_name: 'i'.repeat(8000) });
    expect(linked('i'.repeat(8001))).toBeUndefined();
  });

  test('a field of an object, by its expression', () => {
    const object = { params: { id: 'p1' }, body, own: true };
    expect(fieldOf(object, '$response.body#/id')).toBe('b1');
    expect(fieldOf(object, '$request.path.id')).toBe('p1');
  });

  test('path parameters, in order', () => {
    expect(pathParams('/a/{b}/c/{d_e}')).toEqual(['b', 'd_e']);
    expect(pathParams('/a')).toEqual([]);
  });
});

test.each([
  ['shares its parts', (inner: object) => ({ properties: { a: inner, b: inner } })],
  ['holds itself', (inner: object) => Object.assign(inner, { properties: { a: inner } })],
])('a body whose schema %s is looked through once', (_, wrap) => {
  let schema: object = { 'x-references': { operationId: 'nobody', value: '' } };
  for (let level = 0; level < 60; level++) schema = wrap(schema);
  const create = operation('createSink');
  const body = { ...create.body, schema } as NonNullable<Operation['body']>;
  const operations = CONTRACT.operations.map((each) => (each === create ? { ...each, body } : each));
  expect(() => deriveResources({ ...CONTRACT, operations })).toThrow('names "nobody", which creates nothing');
});
