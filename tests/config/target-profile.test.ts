import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SettingsError } from '../../config/settings-error.ts';
import { checkSwitches, listTargets, loadTarget } from '../../config/target-profile.ts';
import { loadContract } from '../../schemas/load-contract.ts';

const directory = `${mkdtempSync(join(tmpdir(), 'targets-'))}/`;
afterAll(() => rmSync(directory, { recursive: true }));

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
    checkSwitches(profile, contract);
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
      bodies: {},
      rateLimit: { maxRequests: 1500, maxWaitMs: 60_000 },
    });
    const { rateLimit } = load('{ name: some, description: x, rateLimit: { maxRequests: 7 } }');
    expect(rateLimit).toEqual({ maxRequests: 7, maxWaitMs: 60_000 });
  });

  test.each<[string, string]>([
    ['', 'targets/some.yaml cannot be read: expected a document, but the input is empty.'],
    ['[]', 'targets/some.yaml is no target profile: the file must be object.'],
    ['name: some', "targets/some.yaml is no target profile: the file must have required property 'description'."],
    [
      '{ name: "", description: x }',
      'targets/some.yaml is no target profile: /name must NOT have fewer than 1 characters.',
    ],
    [
      '{ name: some, description: x, rateLimits: {} }',
      'targets/some.yaml is no target profile: the file must NOT have additional properties ("rateLimits").',
    ],
    [
      '{ name: some, description: x, restricted: [sinks/internal] }',
      'targets/some.yaml is no target profile: /restricted/0 must match pattern "^/".',
    ],
    [
      '{ name: some, description: x, faults: [{ status: 200, operations: all, title: x }] }',
      'targets/some.yaml is no target profile: /faults/0/status must be >= 400.',
    ],
    [
      '{ name: some, description: x, faults: [{ status: 500, operations: all, title: x, header: {} }] }',
      'targets/some.yaml is no target profile: /faults/0 must NOT have additional properties ("header").',
    ],
    [
      '{ name: some, description: x, objects: { getSink: { id: 7 } } }',
      'targets/some.yaml is no target profile: /objects/getSink/id must be string.',
    ],
  ])('%j is refused in one sentence', (text, message) => {
    expect(() => load(text)).toThrow(new SettingsError(message));
  });

  test.each(['name: [', 'name: some\n  description: x', '\tname: some'])('%j is no YAML, and says so', (text) => {
    expect(() => load(text)).toThrow(SettingsError);
    expect(() => load(text)).toThrow(/^targets\/some\.yaml cannot be read: [^\n]+\.$/);
  });

  test('is also read from the path of its file', () => {
    load('{ name: elsewhere, description: x }');
    expect(loadTarget(`${directory}some.yaml`).name).toBe('elsewhere');
    expect(() => loadTarget('no/such.yaml')).toThrow(/^no\/such\.yaml cannot be read: ENOENT[^\n]+\.$/);
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
    expect(() => load(some(text))).toThrow(/^targets\/some\.yaml is no target profile: \/switches\/0[^\n]*\.$/);
  });

  test.each(['{}', '{ statuses: [] }', '{ header: { Server: nginx } }', '{ statuses: [200] }'])(
    'with the sign %s of a gateway is refused',
    (sign) => {
      expect(() => load(`{ name: some, description: x, gateway: [${sign}] }`)).toThrow(/ \/gateway\/0/);
    },
  );

  test.each([
    ['status: 502, operations: all', 'the status 502'],
    ['status: 504, operations: [getSink, getNothing]', 'the operation "getNothing"'],
  ])('with a switch for %s is refused: it would never be thrown', (what, named) => {
    const profile = load(some(`{ ${what}, title: cut, command: { on: [a], off: [b] } }`));
    expect(() => checkSwitches(profile, loadContract())).toThrow(
      new SettingsError(`The switch "cut" names ${named}, which the contract does not have.`),
    );
  });

  test('that is not there is no secret either', () => {
    expect(() => loadTarget('nobody', directory)).toThrow(/^targets\/nobody\.yaml cannot be read: ENOENT[^\n]+\.$/);
  });
});
