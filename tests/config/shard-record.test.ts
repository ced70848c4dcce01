import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { getMergedContext } from '../../config/context.ts';
import { readSettings } from '../../config/settings.ts';
import { makeMetadata, noteShard, readShardRecords, type ShardRecord } from '../../config/shard-record.ts';
import { loadTarget } from '../../config/target-profile.ts';
import { withUnmatchedRoute } from '../../provocations/unmatched-route.ts';
import { makePlan } from '../../runner/session.ts';
import { loadContract } from '../../schemas/load-contract.ts';
import { OWN_CONTRACT } from '../../schemas/read-contract.ts';
import { makeDirectory } from '../support/make-directory.ts';

const CONTRACT = withUnmatchedRoute(loadContract());

const secrets = {
  API_TOKEN: 'canary-4af81c2e9d',
  API_ADMIN_TOKEN: 'canary-admin-77b0de51',
  CONFORMANCE_HEADERS: '{"X-Tenant":"canary-header"}',
  CONFORMANCE_CLIENT_KEY_PASSPHRASE: 'canary-passphrase',
};

function record(env: Record<string, string> = {}): ShardRecord {
  const all = { API_URL: 'https://api.example.com', ...secrets, CONFORMANCE_RUN: 'night 7', ...env };
  const settings = readSettings(all, { statuses: CONTRACT.statuses, targets: ['generic'], faults: ['envoy'] });
  const { allow, tokenInUrl } = settings;
  const capabilities = { allow, tokenInUrl, admin: true, profile: loadTarget('generic') };
  const metadata = makeMetadata({ settings, plan: makePlan(CONTRACT, capabilities, settings.counts) });
  const [made] = readShardRecords(metadata).values();
  return made as ShardRecord;
}

describe('what a blob tells of its shard', () => {
  test('holds no secret', () => {
    expect(JSON.stringify(record())).not.toContain('canary');
    expect(record()).toMatchObject({ run: 'night 7', admin: true, settings: { apiUrl: 'https://api.example.com' } });
  });

  test('has a key of its own, so that blobs do not replace each other when they are merged', () => {
    const settings = readSettings({}, { statuses: [], targets: ['reference'], faults: [] });
    const capabilities = { allow: [], tokenInUrl: true, admin: true, profile: loadTarget('reference') };
    const plan = makePlan(CONTRACT, capabilities, ['contract']);
    const [one, other] = [makeMetadata({ settings, plan }), makeMetadata({ settings, plan })];
    noteShard(one, { shard: { current: 1, total: 2 }, ready: true });
    const records = [...readShardRecords({ actualWorkers: 2, ...one, ...other }).values()];
    expect(records.map(({ shard, ready }) => [shard?.current, ready])).toEqual([
      [1, true],
      [undefined, undefined],
    ]);
  });
});

describe('the merge', () => {
  test('takes from the shards what they had in common, from its own environment the rest, and needs no token', () => {
    const shards = record({ CONFORMANCE_ALLOW: 'read', CONFORMANCE_GENERATE: 'off', CONFORMANCE_REQUIRE: '404' });
    const env = { API_URL: 'https://other.example.com', CONFORMANCE_REPORT_DIR: 'out', CONFORMANCE_REQUIRE: '500' };
    const { settings, plan } = getMergedContext(shards, env);
    expect(settings).toMatchObject({
      apiUrl: 'https://api.example.com',
      reportDir: 'out',
      allow: ['read'],
      require: [404],
    });
    expect(settings).not.toHaveProperty('generation');
    expect(settings).not.toHaveProperty('token');
    // Without API_URL, as in a merge, it would be on.
    expect(plan.capabilities).toMatchObject({ admin: true, allow: ['read'], tokenInUrl: false });
  });

  test('takes the contract that the shards had, which must be there', () => {
    const directory = makeDirectory();
    cpSync(OWN_CONTRACT, directory, { recursive: true });
    const shards = record({ CONFORMANCE_CONTRACT: directory });
    const { settings } = getMergedContext(shards, { CONFORMANCE_CONTRACT: 'elsewhere' });
    expect(settings.contract).toBe(directory);
    rmSync(join(directory, '404.json'));
    expect(() => getMergedContext(shards, {})).toThrow(
      /expected a reference to something that exists, found \.\/404\.json$/,
    );
    rmSync(directory, { recursive: true });
    expect(() => getMergedContext(shards, {})).toThrow(
      `CONFORMANCE_CONTRACT is "${directory}", which is no directory; `,
    );
    mkdirSync(directory);
  });

  test('checks its own settings', () => {
    expect(() => getMergedContext(record(), { CONFORMANCE_FAIL_ON: 'new' })).toThrow('CONFORMANCE_BASELINE is not set');
    expect(() => getMergedContext(record(), { CONFORMANCE_TYPO: '1' })).toThrow('CONFORMANCE_TYPO is not a setting');
  });

  test.each([{ law: 'another' }, { environment: { suite: '0.0.1', node: 'v20', platform: 'linux x64' } }])(
    'refuses shards of another version: %o',
    (change) => {
      expect(() => getMergedContext({ ...record(), ...change }, {})).toThrow(
        'The shards ran another version of the suite, its contract or its target profile than this one; expected the same.',
      );
    },
  );
});
