import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SettingsError } from '../../config/settings-error.ts';
import { checkFaults, checkNamed, checkObjects, listTargets, loadTarget } from '../../config/target-profile.ts';
import { loadContract } from '../../schemas/load-contract.ts';

const directory = `${mkdtempSync(join(tmpdir(), 'targets-'))}/`;
afterAll(() => rmSync(directory, { recursive: true }));

/** A path as it is told. */
const shown = (file: string) => (relative('', file).length < file.length ? relative('', file) : file);

function load(text: string) {
  writeFileSync(`${directory}some.yaml`, text);
  return loadTarget('some', directory);
}

describe('the target profiles that come with the suite', () => {
  test('are listed', () => {
    expect(listTargets()).toEqual(['generic', 'reference', 'sequin']);
  });

  test.each(listTargets())('%s loads, and names only what the contract has', (name) => {
    const profile = loadTarget(name);
    const contract = loadContract();
    const ids = contract.operations.map((operation) => operation.id);
    expect(profile.name).toBe(name);
    const named = [...Object.keys(profile.objects), ...Object.keys(profile.bodies)];
    checkFaults(profile, contract);
    const inRecipes = profile.faults.flatMap(({ operations }) => (operations === 'all' ? [] : operations));
    for (const id of [...named, ...inRecipes]) expect(ids).toContain(id);
    for (const { status } of profile.faults) expect(contract.statuses).toContain(status);
  });
});

describe('a target profile', () => {
  test('says little and means the rest', () => {
    expect(load('{ name: some, description: Some API. }')).toEqual({
      name: 'some',
      description: 'Some API.',
      restricted: [],
      restrictedParams: {},
      faults: [],
      switches: [],
      gateway: [],
      objects: {},
      headers: {},
      limited: [],
      bodies: {},
      rateLimit: { maxRequests: 1500, maxWaitMs: 60_000 },
      wrongCredentials: 20,
    });
    const { rateLimit } = load('{ name: some, description: x, rateLimit: { maxRequests: 7 } }');
    expect(rateLimit).toEqual({ maxRequests: 7, maxWaitMs: 60_000 });
  });

  test.each<[string, string]>([
    ['', '1: expected YAML, found a mistake: expected a document, but the input is empty'],
    ['[]', '1: the document: expected an object, found a list'],
    ['# head\nname: some', '2: description: expected a value, found nothing'],
    ['description: x\nname: ""', '2: name: expected at least 1 character, found none'],
    [
      'name: some\ndescription: x\nrateLimits: {}',
      '3: rateLimits: expected one of the keys name, description, restricted, restrictedParams, faults, switches, gateway, objects, headers, limited, bodies, rateLimit, inert, wrongCredentials, found "rateLimits"',
    ],
    [
      'name: some\ndescription: x\nrestricted:\n  - /sinks\n  - sinks/internal',
      '5: restricted[1]: expected text that matches ^/, found other text',
    ],
    [
      'name: some\ndescription: x\nfaults:\n  - status: 200\n    operations: all\n    title: x',
      '4: faults[0].status: expected at least 400, found 200',
    ],
    [
      'name: some\ndescription: x\nfaults: [{ status: 500, operations: all, title: x, header: {} }]',
      '3: faults[0].header: expected one of the keys status, operations, title, headers, params, body, found "header"',
    ],
    [
      'name: some\ndescription: x\nfaults: [{ status: 500, operations: some, title: x }]',
      '3: faults[0].operations: expected "all" or a list, found text',
    ],
    [
      'name: some\ndescription: x\nobjects:\n  getSink: { id: 7 }',
      '4: objects.getSink.id: expected text, found a number',
    ],
    ['name: some\nname: other', '2: expected YAML, found a mistake: duplicated mapping key'],
    ['name: some\n  description: x', '2: expected YAML, found a mistake: bad indentation of a mapping entry'],
  ])('%j is refused in one sentence, with its line', (text, sentence) => {
    const place = shown(`${directory}some.yaml`);
    expect(() => load(text)).toThrow(new SettingsError(`${place}:${sentence}`));
  });

  test('shows nothing of a value that may be a secret', () => {
    const fault = (headers: string) =>
      `{ name: some, description: x, faults: [{ status: 500, operations: all, title: x, headers: ${headers} }] }`;
    for (const text of [fault('{ X-Key: 4711 }'), fault('[canary-4711]'), fault('canary-4711')])
      expect(() => load(text)).toThrow(
        /^[^\n]*:1: faults\[0\]\.headers[^\n]*: expected (text|an object), found a? ?\w+$/,
      );
  });

  test('is also read from the path of its file', () => {
    load('{ name: elsewhere, description: x }');
    expect(loadTarget(`${directory}some.yaml`).name).toBe('elsewhere');
    expect(() => loadTarget('no/such.yaml')).toThrow(
      new SettingsError('no/such.yaml: expected a target profile, found none'),
    );
  });

  const some = (switches: string) => `{ name: some, description: x, switches: [${switches}] }`;
  const fault = 'status: 504, operations: all, title: x';

  test('says little of a switch and means the rest', () => {
    const toxic = `{ ${fault}, toxiproxy: { url: "http://localhost:8474", proxy: db, toxic: { type: timeout } } }`;
    const command = `{ ${fault}, command: { on: [a], off: [b, c] } }`;
    expect(load(some(`${toxic}, ${command}`)).switches).toMatchObject([
      {
        provenance: 'organic',
        recoverMs: 30_000,
        toxiproxy: { toxic: { type: 'timeout', stream: 'downstream', toxicity: 1, attributes: {} } },
      },
      { command: { on: ['a'], off: ['b', 'c'], deadlineMs: 30_000 } },
    ]);
  });

  test.each<[string, string]>([
    ['neither way', `{ ${fault} }`],
    ['both ways', `{ ${fault}, command: { on: [a], off: [b] }, toxiproxy: { url: "http://x", proxy: y, cut: true } }`],
    ['no way back', `{ ${fault}, command: { on: [a] } }`],
    ['a command line for a shell', `{ ${fault}, command: { on: "a b", off: "c" } }`],
    ['nothing to do', `{ ${fault}, toxiproxy: { url: "http://x", proxy: y } }`],
    ['two things to do', `{ ${fault}, toxiproxy: { url: "http://x", proxy: y, cut: true, toxic: { type: z } } }`],
    ['another scheme', `{ ${fault}, toxiproxy: { url: "file:///x", proxy: y, cut: true } }`],
  ])('with a switch that has %s is refused', (_, text) => {
    expect(() => load(some(text))).toThrow(/some\.yaml:1: switches\[0\][^\n]*: expected [^\n]+, found [^\n]+$/);
  });

  test.each(['{}', '{ statuses: [] }', '{ header: { Server: nginx } }', '{ statuses: [200] }'])(
    'with the sign %s of a gateway is refused',
    (sign) => {
      expect(() => load(`{ name: some, description: x, gateway: [${sign}] }`)).toThrow(/some\.yaml:1: gateway\[0\]/);
    },
  );

  test.each([
    ['status: 502, operations: all', 'the status 502'],
    ['status: 504, operations: [getSink, getNothing]', 'the operation "getNothing"'],
  ])('with a switch for %s is refused: it would never be thrown', (what, named) => {
    const profile = load(some(`{ ${what}, title: cut, command: { on: [a], off: [b] } }`));
    expect(() => checkFaults(profile, loadContract())).toThrow(
      new SettingsError(`The switch "cut" names ${named}, which the contract does not have.`),
    );
  });

  test.each([
    ['status: 502, operations: all', 'the status 502'],
    ['status: 422, operations: [getSink]', 'the status 422 for "getSink"'],
    ['status: 500, operations: [getNothing]', 'the operation "getNothing"'],
  ])('with a recipe for %s is refused: it would never be followed', (what, named) => {
    const profile = load(`{ name: some, description: x, faults: [{ ${what}, title: broken }] }`);
    expect(() => checkFaults(profile, loadContract())).toThrow(
      new SettingsError(`The recipe "broken" names ${named}, which the contract does not have.`),
    );
  });

  test.each<[string, string]>([
    ['updateSink', 'which would change it (PATCH /sinks/{sink_id_or_name})'],
    ['deletePostgresDatabase', 'which would change it (DELETE /postgres_databases/{id_or_name})'],
    ['getNothing', 'an operation that the contract does not have'],
  ])('with an object for %s is refused: it would be changed, or never be used', (id, what) => {
    const profile = load(`{ name: some, description: x, objects: { ${id}: { id: a } } }`);
    expect(() => checkObjects(profile, loadContract())).toThrow(
      `The target profile names an object for "${id}", ${what}`,
    );
    const fine = load('{ name: some, description: x, objects: { testPostgresConnection: { id_or_name: a } } }');
    expect(() => checkObjects(fine, loadContract())).not.toThrow();
  });

  test('with inert fields for an operation that is not there is refused: they would keep nothing inert', () => {
    const profile = load('{ name: some, description: x, inert: { makeSink: { status: disabled } } }');
    expect(() => checkNamed(profile, loadContract())).toThrow('The target profile names "makeSink" for inert fields');
    const fine = load('{ name: some, description: x, inert: { createSink: { status: paused } } }');
    expect(() => checkNamed(fine, loadContract())).not.toThrow();
  });

  test('that is not there is no secret either', () => {
    const place = shown(`${directory}nobody.yaml`);
    expect(() => loadTarget('nobody', directory)).toThrow(
      new SettingsError(`${place}: expected a target profile, found none`),
    );
  });
});
