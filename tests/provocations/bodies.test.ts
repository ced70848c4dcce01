import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { fieldName, listPlaces } from '../../plan/body-places.ts';
import { DANGERS } from '../../plan/case.ts';
import { operationOf } from '../../plan/resources.ts';
import { CONTRACT, driverOf, expandFor, listRequests, type Sent } from './sample-scene.ts';

const ajv = new Ajv2020({ strict: false });
const runs = [expandFor([...DANGERS], driverOf('reference')), expandFor(['read', 'reject'])];
const requests = runs.flatMap(listRequests);
const ofProvocation = (...ids: string[]) => requests.filter((sent) => ids.includes(sent.case?.provocation ?? ''));

const bytesOf = ({ request: { body } }: Sent): Buffer => {
  if (!body) throw new Error('A body is expected.');
  return 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
};
const textOf = (sent: Sent) => bytesOf(sent).toString('utf8');
const isValid = (sent: Sent) => {
  const schema = operationOf(CONTRACT, sent.operation).body?.schema ?? false;
  return ajv.validate(schema, JSON.parse(textOf(sent)));
};
const typeOf = (sent: Sent) =>
  sent.request.headers.filter(([name]) => name === 'Content-Type').map(([, value]) => value);
const named = (all: Sent[]) => all.map((sent) => [sent.id, sent] as const);

describe('422', () => {
  const cases = ofProvocation('invalid-field');

  test('there are many, on every operation that takes a body', () => {
    const taking = CONTRACT.operations.filter((each) => each.body).map((each) => each.id);
    expect(new Set(cases.map((sent) => sent.operation))).toEqual(new Set(taking));
    expect(cases.length).toBeGreaterThan(300);
  });

  test.each(named(cases))('%s is invalid', (_, sent) => {
    expect(isValid(sent)).toBe(false);
    expect(typeOf(sent)).toEqual(['application/json']);
  });

  test('breaks nothing but the field that it names', () => {
    for (const sent of cases) {
      const { field, id } = sent.case ?? {};
      if (field === undefined) continue;
      const form = operationOf(CONTRACT, sent.operation).body?.examples[id?.split(':')[1] ?? ''] ?? null;
      const schema = operationOf(CONTRACT, sent.operation).body?.schema ?? {};
      expect(
        listPlaces(schema, form).map((place) => fieldName(place.pointer)),
        sent.id,
      ).toContain(field);
      expect(id).toContain(`:${field}:`);
    }
  });

  test('leaves the field open only where another form may be meant', () => {
    const single = listRequests(runs[0] ?? []).filter((sent) => sent.case?.provocation === 'invalid-field');
    const open = single.filter((sent) => sent.case?.field === undefined).map((sent) => sent.id);
    expect(open.length).toBeGreaterThan(0);
    for (const id of open) expect(id).toMatch(/:missing$/);
    for (const id of open) expect(id).toMatch(/^create(HttpEndpoint|PostgresDatabase) /);
  });

  test('makes each kind of invalid value', () => {
    const kinds = new Set(cases.map((sent) => sent.case?.id.split(':').at(-1)));
    expect([...kinds].sort()).toEqual(
      [
        'missing',
        'null',
        'wrong-type',
        'empty',
        'too-small',
        'too-large',
        'too-many',
        'unknown-value',
        'unknown-item',
      ].sort(),
    );
  });

  test('a taken name is the only fault of its body', () => {
    const taken = ofProvocation('duplicate-name');
    expect(taken.length).toBeGreaterThan(4);
    for (const sent of taken) expect(isValid(sent), sent.id).toBe(true);
    const names = taken.map((sent) => (JSON.parse(textOf(sent)) as { name: string }).name);
    for (const name of names) expect(name).toMatch(/-(main|other)$/);
  });
});

describe('controls', () => {
  const controls = requests.filter((sent) => sent.control && sent.request.body);
  const distinct = [...new Map(controls.map((sent) => [sent.id, sent])).values()];

  test.each(named(distinct.filter((sent) => sent.control && 'success' in sent.control.holds)))(
    '%s is valid',
    (_, sent) => {
      expect(isValid(sent)).toBe(true);
      expect(typeOf(sent)).toEqual(['application/json']);
    },
  );

  test('every form of a body that is made invalid is shown to be accepted', () => {
    for (const sent of requests.filter((each) => each.case?.provocation === 'invalid-field')) {
      const form = sent.case?.id.split(':')[1];
      const ids = sent.case?.controls.map((control) => control.id) ?? [];
      expect(
        ids.includes(`${sent.operation}:success:${form}`) || ids.includes(`${sent.operation}:unreadable body:not-422`),
        sent.id,
      ).toBe(true);
    }
  });
});

describe('400', () => {
  test('what is cut, followed or broken cannot be read', () => {
    const broken = ofProvocation('truncated-json', 'trailing-garbage');
    expect(broken.length).toBeGreaterThan(15);
    for (const sent of broken) expect(() => JSON.parse(textOf(sent)), sent.id).toThrow(SyntaxError);
  });

  test('an invalid byte is the only fault of its body', () => {
    const broken = ofProvocation('invalid-utf8');
    expect(broken.length).toBeGreaterThan(7);
    for (const sent of broken) {
      const bytes = bytesOf(sent);
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes), sent.id).toThrow(TypeError);
      expect(bytes.filter((byte) => byte === 0xff)).toHaveLength(1);
      expect(() => JSON.parse(Buffer.from(bytes.filter((byte) => byte !== 0xff)).toString()), sent.id).not.toThrow();
    }
  });

  test('the label is the only fault of a body with another one, or none', () => {
    for (const sent of ofProvocation('wrong-content-type')) expect(typeOf(sent)).toEqual(['text/plain']);
    for (const sent of ofProvocation('absent-content-type')) expect(typeOf(sent)).toEqual([]);
    for (const sent of ofProvocation('wrong-content-type', 'absent-content-type'))
      expect(() => JSON.parse(textOf(sent)), sent.id).not.toThrow();
  });

  test('a body that is no object may be refused in another way', () => {
    for (const sent of ofProvocation('not-an-object')) {
      expect(textOf(sent)).toBe('[]');
      expect(sent.case?.expected).toEqual([400, 401, 403, 404, 422, 429]);
    }
  });

  test('malformed paths and queries cannot be decoded', () => {
    const malformed = ofProvocation('malformed-path-encoding', 'malformed-query-encoding');
    expect(malformed.length).toBeGreaterThan(40);
    for (const sent of malformed) expect(() => decodeURIComponent(sent.request.target), sent.id).toThrow(URIError);
    const others = requests.filter((sent) => !malformed.includes(sent));
    for (const sent of others) expect(() => decodeURIComponent(sent.request.target), sent.id).not.toThrow();
  });
});

describe('401', () => {
  test('the credential is the only thing that differs from the control', () => {
    const provocations = [
      'no-authorization',
      'empty-bearer',
      'unknown-token',
      'changed-token',
      'wrong-scheme',
      'token-in-query',
    ];
    for (const sent of ofProvocation(...provocations)) {
      const target = sent.request.target.split('?')[0];
      const alike = sent.case?.controls.some(
        ({ request }) => request.method === sent.request.method && request.target === target,
      );
      expect(alike, sent.id).toBe(true);
    }
  });

  test('the right token stands nowhere but where it is said to stand', () => {
    for (const sent of ofProvocation('no-authorization', 'empty-bearer', 'unknown-token', 'head-no-authorization'))
      expect(JSON.stringify(sent.request), sent.id).not.toContain('{{');
    for (const sent of ofProvocation('token-in-query')) {
      expect(sent.request.target).toContain('access_token={{token:url}}');
      expect(JSON.stringify(sent.request.headers)).not.toContain('{{');
    }
  });
});
