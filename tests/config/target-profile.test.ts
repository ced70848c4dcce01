import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SettingsError } from '../../config/settings.ts';
import { listTargets, loadTarget } from '../../config/target-profile.ts';
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

  test('that is not there is no secret either', () => {
    expect(() => loadTarget('nobody', directory)).toThrow(/^targets\/nobody\.yaml cannot be read: ENOENT[^\n]+\.$/);
  });
});
