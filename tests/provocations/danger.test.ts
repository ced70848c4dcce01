import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { DANGERS, type Danger } from '../../plan/case.ts';
import { operationOf } from '../../plan/resources.ts';
import {
  CONTRACT,
  capabilitiesOf,
  driverOf,
  expandAll,
  expandFor,
  idOf,
  listRequests,
  paramsIn,
  RESOURCES,
  type Sent,
  UNKNOWN_ID,
  worldOf,
} from './sample-scene.ts';

const ajv = new Ajv2020({ strict: false });
const isSafe = ({ request }: Sent) => request.method === 'GET' || request.method === 'HEAD';
const MAIN_IDS = RESOURCES.map((resource) => idOf(resource.name, 'main'));

/** Every set of danger classes that a run may be allowed. */
const SETS: Danger[][] = Array.from({ length: 2 ** DANGERS.length }, (_, bits) =>
  DANGERS.filter((_danger, index) => (bits >> index) % 2 === 1),
);

/** Every request of every run that may be allowed. */
const RUNS = SETS.map((allow) => ({ allow, requests: listRequests(expandFor(allow, driverOf('reference'))) }));

function forEveryRun(check: (sent: Sent, allow: Danger[]) => void): void {
  for (const { allow, requests } of RUNS) for (const sent of requests) check(sent, allow);
}

/** What a lenient server may read in a body: as it is, without what stands behind it, without bytes that are no text. */
function readings({ request: { body } }: Sent): unknown[] {
  if (!body) return [];
  const text = 'text' in body ? body.text : Buffer.from(body.base64, 'base64').toString('utf8');
  return [text, text.replace(/[^}\]]*$/, ''), text.replaceAll('\uFFFD', '')].flatMap((each) => {
    try {
      return [JSON.parse(each) as unknown];
    } catch {
      return [];
    }
  });
}

test('every set of classes is tried', () => {
  expect(new Set(SETS.map((set) => set.join())).size).toBe(2 ** DANGERS.length);
  expect(RUNS.filter(({ requests }) => requests.length === 0).map(({ allow }) => allow)).toContainEqual([]);
  expect(RUNS.find(({ allow }) => allow.join() === 'read,reject')?.requests.length).toBeGreaterThan(500);
});

describe('no request is sent of a class that is not allowed', () => {
  test('neither a case nor a control', () => {
    forEveryRun((sent, allow) => expect(allow, sent.id).toContain(sent.danger));
  });

  test('a read reads', () => {
    forEveryRun((sent) => {
      if (sent.danger === 'read') expect(isSafe(sent), sent.id).toBe(true);
    });
  });

  test('faults are asked for only where faults are allowed', () => {
    forEveryRun((sent, allow) => {
      const asks = sent.request.headers.some(([name]) => /^x-/i.test(name));
      if (asks) expect(allow, sent.id).toContain('fault');
    });
  });
});

describe('without leave to write', () => {
  const check = (assert: (sent: Sent) => void) =>
    forEveryRun((sent, allow) => {
      if (!allow.includes('write') && !isSafe(sent)) assert(sent);
    });

  test('nothing that changes anything aims at an object that is there', () => {
    check((sent) => {
      const last = paramsIn(sent).at(-1);
      expect(MAIN_IDS, `${sent.id}: ${sent.request.method} ${sent.request.target}`).not.toContain(last);
      expect(last, sent.id).not.toBe('orders-db');
    });
  });

  test('nothing that could be carried out as it stands is posted', () => {
    check((sent) => {
      const { body, method } = operationOf(CONTRACT, sent.operation);
      const parents = paramsIn(sent);
      if (method !== 'POST' || !body || parents.some((each) => !MAIN_IDS.includes(each))) return;
      const validate = ajv.compile(body.schema);
      for (const reading of readings(sent))
        expect(validate(reading), `${sent.id} ${JSON.stringify(reading)}`).toBe(false);
    });
  });
});

describe('with leave to write', () => {
  const own = RESOURCES.flatMap(({ name }) => ['main', 'spare', 'other', 'held'].map((role) => idOf(name, role)));
  const requests = listRequests(expandFor([...DANGERS], driverOf('reference'))).filter((sent) => !isSafe(sent));
  const changing = requests.filter(({ request }) => ['PUT', 'PATCH', 'DELETE'].includes(request.method));
  const isHarmless = (value: string) =>
    own.includes(value) || value === UNKNOWN_ID || value.startsWith('ecc-') || /%(?![0-7][0-9a-f])/i.test(value);

  test('what changes or removes an object aims at our own, at none, or at a hidden one whose reading was refused', () => {
    expect(changing.length).toBeGreaterThan(300);
    for (const sent of changing) {
      const params = paramsIn(sent);
      if (params.every(isHarmless)) continue;
      expect(sent.case?.provocation, `${sent.id}: ${sent.request.target}`).toBe('hidden-object');
      const refused = sent.case?.controls.find((control) => control.id.endsWith(':hidden-refused'));
      expect(refused?.holds).toEqual({ status: [403] });
      expect(refused?.request.method).toBe('GET');
      expect(refused?.request.headers).toContainEqual(['Authorization', 'Bearer {{token}}']);
    }
  });

  test('what removes an object for certain aims at a spare one, or at one that must not go', () => {
    for (const sent of changing.filter((each) => each.request.method === 'DELETE' && each.danger === 'write')) {
      const last = paramsIn(sent).at(-1) ?? '';
      const role = RESOURCES.flatMap(({ name }) => ['spare', 'held'].map((each) => idOf(name, each)));
      if (sent.case?.provocation !== 'hidden-object') expect(role, sent.id).toContain(last);
    }
  });

  test('no name but our own is given to anything', () => {
    for (const sent of requests) {
      const { body } = sent.request;
      const text = body && 'text' in body ? body.text : '';
      const name = /^\{"name":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
      if (name !== undefined && name !== '') expect(name, sent.id).toMatch(/^ecc-r1-/);
    }
  });
});

describe('on a world that is not the run’s own', () => {
  test('even a run that may write changes nothing of others’', () => {
    const requests = listRequests(expandAll(capabilitiesOf(driverOf('reference')), worldOf('found')));
    for (const sent of requests.filter(({ request }) => ['PUT', 'PATCH', 'DELETE'].includes(request.method)))
      expect(MAIN_IDS, `${sent.id}: ${sent.request.method} ${sent.request.target}`).not.toContain(
        paramsIn(sent).at(-1),
      );
  });
});

describe('secrets', () => {
  const requests = listRequests(expandFor([...DANGERS], driverOf('reference')));

  test('stand only as placeholders', () => {
    const values = requests.flatMap(({ request }) => request.headers.filter(([name]) => /^authorization$/i.test(name)));
    expect([...new Set(values.map(([, value]) => value))].sort()).toEqual([
      'Bearer ',
      'Bearer ecc-no-such-token',
      'Bearer {{adminToken}}',
      'Bearer {{limitedToken}}',
      'Bearer {{token:changed}}',
      'Bearer {{token}}',
      'Token {{token}}',
    ]);
    const placeholders = JSON.stringify(requests).match(/\{\{[^}]*\}\}/g);
    expect([...new Set(placeholders)].sort()).toEqual([
      '{{adminToken}}',
      '{{limitedToken}}',
      '{{token:changed}}',
      '{{token:url}}',
      '{{token}}',
    ]);
  });

  test.each([true, false])(
    'stand in a URL only where a token may, and only where the case is about that: %s',
    (tokenInUrl) => {
      const sent = listRequests(expandFor([...DANGERS], { ...driverOf('reference'), tokenInUrl }));
      const inUrl = sent.filter(
        ({ request, case: each }) => /\{\{/.test(request.target) && each?.withheld === undefined,
      );
      expect([...new Set(inUrl.map((each) => each.case?.provocation))]).toEqual(tokenInUrl ? ['token-in-query'] : []);
      const withheld = sent.flatMap(({ case: each }) => (each?.withheld === undefined ? [] : [each]));
      expect(withheld).toHaveLength(tokenInUrl ? 0 : 22);
      for (const each of withheld) expect(each.withheld).toContain('CONFORMANCE_TOKEN_IN_URL');
    },
  );

  test('the administrator only ever reads, and only in controls', () => {
    for (const sent of requests) {
      if (!JSON.stringify(sent.request).includes('adminToken')) continue;
      expect(sent.control).toBeDefined();
      expect(sent.request.method).toBe('GET');
    }
  });
});
