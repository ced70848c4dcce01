import { describe, expect, test } from 'vitest';
import { type Capabilities, DANGERS, type Danger, type FaultRecipe } from '../../plan/case.ts';
import { hasVia, type PlannedCell, planCells, whyUntestable } from '../../plan/plan.ts';
import { provocationsFor } from '../../provocations/catalogue.ts';
import { withUnmatchedRoute } from '../../provocations/unmatched-route.ts';
import { CONDITION_NAMES } from '../../schemas/conditions.ts';
import { loadContract } from '../../schemas/load-contract.ts';
import {
  CONTRACT,
  capabilitiesOf,
  driverOf,
  expandAll,
  idOf,
  listRequests,
  switchOf,
  worldOf,
} from './sample-scene.ts';

const isSwitched = (cell: PlannedCell) => hasVia(cell, 'switch');

const profileWith = (change: Partial<Capabilities['profile']>): Partial<Capabilities> => ({
  profile: { ...capabilitiesOf().profile, ...change },
});
function cellOf(name: string, change: Partial<Capabilities> = {}, world = worldOf('own')) {
  const found = expandAll(capabilitiesOf(change), world).find(
    ({ cell }) => `${cell.operation.id} ${cell.status}` === name,
  );
  if (!found) throw new Error(`There is no cell "${name}".`);
  return found;
}
const whyOf = (name: string, change: Partial<Capabilities>) => whyUntestable(cellOf(name, change).cell);

describe('a path that the contract does not name', () => {
  test('is a row of the matrix where only 404 can occur', () => {
    const row = CONTRACT.operations.at(-1);
    expect(row).toMatchObject({ id: 'unmatched-route', errors: [404] });
    expect(Object.keys(row?.notApplicable ?? {}).map(Number)).toEqual(CONTRACT.statuses.filter((each) => each !== 404));
    expect(withUnmatchedRoute(loadContract()).operations.slice(0, -1)).toEqual(loadContract().operations);
  });

  test('may be answered by any documented 4xx', () => {
    const { cases } = cellOf('unmatched-route 404');
    expect(cases.map(({ id, request, danger }) => `${id} ${request.method} ${request.target} ${danger}`)).toEqual([
      'unmatched-route:path GET /ecc-no-such-route read',
      'unmatched-route:below-object GET /sinks/ecc-no-such-object/ecc-no-such-route read',
      'unmatched-route:no-accept GET /ecc-no-such-route read',
      'unmatched-route:method PUT /sinks/00000000-0000-4000-8000-00000000dead reject',
    ]);
    const names = cases.map(({ request }) => request.headers.map(([name]) => name).join(' '));
    expect(names.map((each) => each.includes('Accept'))).toEqual([true, true, false, true]);
    for (const each of cases) expect(each.expected).toEqual([404, 400, 401, 403, 422, 429]);
  });

  test('is only read where nothing else is allowed, and always under the control of a list', () => {
    const { cases } = cellOf('unmatched-route 404', { allow: ['read'] }, worldOf('empty'));
    expect(cases.map((each) => each.request.method)).toEqual(['GET', 'GET', 'GET']);
    for (const each of cases) expect(each.controls.map((control) => control.id)).toEqual(['listSinks:success']);
  });
});

describe('a hidden object', () => {
  test('is asked for with the ordinary token, below it too', () => {
    const { cases } = cellOf('deleteBackfill 403');
    expect(cases[0]).toMatchObject({
      request: { method: 'DELETE', target: '/sinks/internal/backfills/d0000000-0000-4000-8000-000000000002' },
      danger: 'write',
      expected: [403],
    });
    expect(cases[0]?.controls.map((control) => control.id)).toEqual([
      'getBackfill:hidden-shown-to-administrator',
      'getBackfill:hidden-refused',
      'deleteBackfill:success',
    ]);
  });

  test('is asked for by name, decoded once and encoded again', () => {
    const change = profileWith({ restricted: ['/sinks/a%20b'] });
    expect(cellOf('getSink 403', change).cases[0]?.request.target).toBe('/sinks/a%20b');
    expect(() => cellOf('getSink 403', profileWith({ restricted: ['/sinks/%zz'] }))).not.toThrow();
  });

  test.each<[string, string, Partial<Capabilities>]>([
    [
      'no object hidden for administrators only is known here (API_RESTRICTED names one)',
      'getSink 403',
      profileWith({ restricted: ['/postgres_databases/internal'] }),
    ],
    ['the control needs an administrator token (API_ADMIN_TOKEN)', 'getSink 403', { admin: false }],
    ['needs the danger class "write", which is not allowed', 'deleteSink 403', { allow: ['read', 'reject'] }],
  ])('is untestable: %s', (reason, cell, change) => {
    expect(whyOf(cell, change)).toContain(reason);
  });
});

describe('faults', () => {
  const recipe = (change: Partial<FaultRecipe>): FaultRecipe => ({
    status: 500,
    operations: 'all',
    title: 'x',
    ...change,
  });

  test('follow the target profile’s recipes', () => {
    const faults = [
      recipe({ headers: { 'X-A': 'b' }, params: { id_or_name: 'broken-db' } }),
      recipe({ operations: ['getSink'] }),
      recipe({ status: 501 }),
    ];
    const { cases } = cellOf('getPostgresDatabase 500', profileWith({ faults }));
    expect(cases).toMatchObject([
      {
        id: 'fault-recipe-500:1',
        danger: 'fault',
        provenance: 'organic',
        request: { target: '/postgres_databases/broken-db' },
      },
    ]);
    expect(cases[0]?.request.headers.at(-1)).toEqual(['X-A', 'b']);
    expect(cellOf('getSink 500', profileWith({ faults })).cases.map((each) => each.id)).toEqual([
      'fault-recipe-500:1',
      'fault-recipe-500:2',
    ]);
  });

  test('of a body are merged into a valid one', () => {
    const faults = [recipe({ operations: ['createSink'], body: { status: 'exploding' } })];
    const [first] = cellOf('createSink 500', profileWith({ faults })).cases;
    const text = first?.request.body && 'text' in first.request.body ? first.request.body.text : '{}';
    expect(JSON.parse(text)).toMatchObject({ status: 'exploding', database: 'ecc-r1-postgres_databases-main' });
  });

  test('are asked for by the driver’s header, and only for statuses that it can produce', () => {
    const { faultDriver } = driverOf('reference');
    const [, driven] = cellOf('getSink 504', { faultDriver }).cases;
    expect(driven).toMatchObject({ id: 'fault-driver-504', provenance: 'simulated', danger: 'fault' });
    expect(driven?.request.headers).toContainEqual(['X-Reference-Fault', '504']);
    const change = { ...profileWith({ faults: [] }), faultDriver: { ...faultDriver, statuses: [500] } };
    expect(whyOf('getSink 504', change)).toContain('the fault driver "reference" cannot produce 504');
  });

  test.each([500, 501, 504])('%i is untestable where nothing can bring it about, and says so', (status) => {
    expect(whyOf(`getSink ${status}`, profileWith({ faults: [] }))).toBe(
      `the target profile "reference" knows no organic way to a ${status} here`,
    );
  });
});

describe('faults that are switched on for the whole target', () => {
  const switches = [
    switchOf(500),
    switchOf(504),
    switchOf(504, { operations: ['getSink'], provenance: 'gateway' }),
    switchOf(429),
  ];
  const switched = profileWith({ faults: [], switches });

  test('are ordinary requests, each with its switch, under the control of the same request without', () => {
    const { cases } = cellOf('getSink 504', switched);
    expect(cases.map(({ id, switch: index, provenance, repeat }) => [id, index, provenance, repeat])).toEqual([
      ['fault-switch-504:1', 1, 'organic', true],
      ['fault-switch-504:2', 2, 'gateway', false],
    ]);
    for (const { request, danger, expected, controls } of cases) {
      expect({ danger, expected }).toEqual({ danger: 'fault', expected: [504] });
      expect(controls.map((control) => control.id)).toEqual(['getSink:success']);
      expect(request).toEqual(controls[0]?.request);
    }
  });

  test('that change what they cannot read aim at nothing, or at our own', () => {
    const [removal] = cellOf('deleteSink 504', switched).cases;
    expect(removal?.request.target).toBe('/sinks/00000000-0000-4000-8000-00000000dead');
    expect(removal?.controls[0]?.holds).toEqual({ not: 504 });
  });

  test('are told apart from cells that can run beside others', () => {
    const cells = planCells(CONTRACT, provocationsFor(CONTRACT), capabilitiesOf(switched)).filter(isSwitched);
    expect([...new Set(cells.map(({ status }) => status))].sort()).toEqual([429, 500, 504]);
    expect(planCells(CONTRACT, provocationsFor(CONTRACT), capabilitiesOf()).filter(isSwitched)).toEqual([]);
    const allow = DANGERS.filter((danger) => danger !== 'fault');
    expect(
      planCells(CONTRACT, provocationsFor(CONTRACT), capabilitiesOf({ ...switched, allow })).filter(isSwitched),
    ).toEqual([]);
  });

  test('are not thrown where faults are not allowed, and the report says so', () => {
    expect(whyOf('getSink 504', { ...switched, allow: ['read', 'reject', 'write', 'load'] })).toContain(
      'needs the danger class "fault", which is not allowed',
    );
  });
});

describe('the burst', () => {
  const burstOf = (operation: string, allow: Danger[] = [...DANGERS]) =>
    cellOf(`${operation} 429`, { allow }).cases.find((each) => each.provocation === 'burst');

  test('reads what is there, and else sends only what must be refused', () => {
    expect(burstOf('getSink')?.request.target).toBe(`/sinks/${idOf('sinks', 'main')}`);
    expect(JSON.stringify(burstOf('createSink')?.request.body)).toContain(String.raw`\"database\":{\"not\":`);
    expect(burstOf('deleteSink')?.request.target).toBe('/sinks/00000000-0000-4000-8000-00000000dead');
    for (const each of ['getSink', 'createSink', 'deleteSink']) expect(burstOf(each)?.danger).toBe('load');
  });

  test('is not planned where load is not allowed', () => {
    expect(whyOf('getSink 429', { allow: ['read', 'reject'] })).toContain(
      'needs the danger class "load", which is not allowed',
    );
  });
});

describe('what the contract does not promise', () => {
  test('is HEAD, whose control may fail without being an error', () => {
    const optional = listRequests(expandAll(capabilitiesOf(), worldOf('own'))).filter((sent) => sent.control?.optional);
    expect(optional.length).toBeGreaterThan(10);
    expect(new Set(optional.map((sent) => sent.request.method))).toEqual(new Set(['HEAD']));
  });

  test('is what becomes of a credential in the wrong place where no credential is asked for at all', () => {
    const sent = listRequests(expandAll(capabilitiesOf(), worldOf('own'))).filter((each) => each.case?.judgedBy);
    expect(new Set(sent.map((each) => each.case?.provocation))).toEqual(
      new Set(['token-in-query', 'two-authorizations']),
    );
    const ids = new Set(listRequests(expandAll(capabilitiesOf(), worldOf('own'))).map((each) => each.case?.id));
    for (const { case: each } of sent) expect(ids).toContain(each?.guard);
  });

  test('is that every case with HEAD has such a control', () => {
    for (const { request, case: sent } of listRequests(expandAll(capabilitiesOf(), worldOf('own'))))
      if (sent && request.method === 'HEAD')
        expect(
          sent.controls.some((each) => each.optional),
          sent.id,
        ).toBe(true);
  });

  test('is that an object made by the run works in the outside world', () => {
    const named = cellOf('testPostgresConnection 401').cases[0]?.controls;
    expect(named?.map((each) => each.id)).toEqual(['testPostgresConnection:success']);
    const unnamed = cellOf('testPostgresConnection 401', profileWith({ objects: {} })).cases[0]?.controls;
    expect(unnamed?.map((each) => each.id)).not.toContain('testPostgresConnection:success');
    expect(unnamed?.length).toBeGreaterThan(0);
  });

  test('is what lies below a hidden object', () => {
    const { cases, missing } = cellOf('getBackfill 403', profileWith({ restrictedParams: {} }));
    expect(cases).toEqual([]);
    expect(missing).toMatch(/no object below the hidden one is known/);
  });
});

test('what is in use, taken or gone aims at the objects made for it', () => {
  expect(cellOf('deletePostgresDatabase 422').cases[0]).toMatchObject({
    id: 'in-use',
    request: { target: `/postgres_databases/${idOf('postgres_databases', 'held')}` },
  });
  const gone = cellOf('getSink 404').cases.find((each) => each.id === 'deleted');
  expect(gone?.request.target).toBe(`/sinks/${idOf('sinks', 'spare')}`);
  expect(gone?.controls.map((control) => `${control.id} ${control.stage}`)).toEqual([
    'getSink:success 0',
    'getSink:spare-found 2',
    'deleteSink:success 3',
  ]);
});

test('every provocation has an id, a title and a condition, and a published status where that is all that is known', () => {
  const ids = provocationsFor(CONTRACT).map((each) => each.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, title, status, condition } of provocationsFor(CONTRACT)) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/^[A-Z]/);
    expect(CONDITION_NAMES).toContain(condition);
    if (status !== undefined) expect(CONTRACT.statuses).toContain(status);
  }
  expect(planCells(CONTRACT, provocationsFor(CONTRACT), capabilitiesOf())).toHaveLength(
    CONTRACT.operations.length * CONTRACT.statuses.length,
  );
});
