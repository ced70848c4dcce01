import { describe, expect, test } from 'vitest';
import { joinShards } from '../../config/join-shards.ts';
import { SettingsError } from '../../config/settings-error.ts';
import type { ShardRecord } from '../../config/shard-record.ts';

const record = (current: number, total: number, change: Partial<ShardRecord> = {}): ShardRecord => ({
  shard: { current, total },
  run: 'night 7',
  url: 'https://api.example.com',
  ready: true,
  settings: {
    apiUrl: 'https://api.example.com',
    restricted: [],
    target: 'generic',
    allow: ['read', 'reject'],
    require: [],
    counts: ['contract'],
    timeoutMs: 10_000,
    concurrency: 8,
    maxObjects: 10,
    tokenInUrl: false,
  },
  admin: false,
  law: 'abc',
  environment: { suite: '1.0.0', node: 'v20', platform: 'linux x64' },
  ...change,
});

const without = (each: ShardRecord, ...names: (keyof ShardRecord)[]): ShardRecord =>
  Object.fromEntries(
    Object.entries(each).filter(([name]) => !names.includes(name as keyof ShardRecord)),
  ) as ShardRecord;

const settings = (change: Partial<ShardRecord['settings']>) => ({ settings: { ...record(1, 2).settings, ...change } });

describe('shards of one run', () => {
  test('are whole, in any order', () => {
    expect(joinShards([record(2, 3), record(3, 3), record(1, 3)])).toEqual({ record: record(2, 3), errors: [] });
    expect(joinShards([record(1, 1)]).errors).toEqual([]);
  });

  test.each([
    [[1, 2, 4], 4, 'shard 3 of 4 is missing'],
    [[3], 4, 'shards 1, 2 and 4 of 4 are missing'],
  ])('of which only %j of %i are there', (numbers, total, error) => {
    expect(joinShards(numbers.map((number) => record(number, total))).errors).toEqual([error]);
  });

  test('one of which did not get to its tests', () => {
    expect(joinShards([record(1, 2), without(record(2, 2), 'ready', 'url')]).errors).toEqual([
      'shard 2 of 2 ended before its first test',
    ]);
    expect(joinShards([record(1, 2), without(record(2, 2), 'ready', 'url', 'shard')]).errors).toEqual([
      'shard 2 of 2 is missing',
      'a shard ended before its first test',
    ]);
  });

  test('tell what the first look showed, if one of them knows', () => {
    const preflight = { showed: 'GET /sinks answered 200' };
    expect(joinShards([record(1, 2), record(2, 2, { preflight })]).record.preflight).toEqual(preflight);
  });

  test('tell where they sent, if one of them knows', () => {
    expect(joinShards([without(record(1, 2), 'url'), record(2, 2)]).record.url).toBe('https://api.example.com');
  });

  test('may run on machines of several kinds', () => {
    const other = record(2, 2, { environment: { suite: '1.0.0', node: 'v22', platform: 'darwin arm64' } });
    expect(joinShards([record(1, 2), other]).errors).toEqual([]);
  });
});

describe('what is no run, in one sentence', () => {
  test.each<[string, ShardRecord[], RegExp]>([
    ['nothing', [], /^The blobs are not of this suite; /],
    ['a shard twice', [record(1, 2), record(2, 2), record(1, 2)], /^Shard 1 of 2 is there twice; /],
    ['another total', [record(1, 2), record(2, 3)], /^The blobs are of a run of 2 shards and of one of 3; /],
    [
      'a whole run beside a shard',
      [record(1, 1), record(2, 3)],
      /^The blobs are of a run of 1 shards? and of one of 3; /,
    ],
    [
      'two runs',
      [record(1, 2), record(2, 2, { run: 'night 8' })],
      /^The blobs are of two runs, "night 7" and "night 8"; /,
    ],
    [
      'one without a name',
      [record(1, 2), without(record(2, 2), 'run')],
      /two runs, "night 7" and one without a name; /,
    ],
    ['two APIs', [record(1, 2), record(2, 2, settings({ apiUrl: 'https://b.example.com' }))], /the same API_URL: /],
    ['two profiles', [record(1, 2), record(2, 2, settings({ target: 'sequin' }))], /CONFORMANCE_TARGET: "generic" in/],
    [
      'other contract',
      [record(1, 2), record(2, 2, settings({ contract: 'mine' }))],
      /CONFORMANCE_CONTRACT: not set in one and "mine" in/,
    ],
    [
      'other danger',
      [record(1, 2), record(2, 2, settings({ allow: ['read'] }))],
      /CONFORMANCE_ALLOW: \["read","reject"\] in/,
    ],
    [
      'a token in URLs',
      [record(1, 2), record(2, 2, settings({ tokenInUrl: true }))],
      /the same CONFORMANCE_TOKEN_IN_URL: false in one and true in another; /,
    ],
    ['other counts', [record(1, 2), record(2, 2, settings({ counts: ['http'] }))], /CONFORMANCE_COUNT: /],
    [
      'two seeds',
      [record(1, 2), record(2, 2, settings({ generation: { level: 'deep', seed: 7, budget: 9 } }))],
      /CONFORMANCE_SEED or CONFORMANCE_GENERATE_BUDGET: not set in one and {"level":"deep","seed":7,"budget":9} in another/,
    ],
    [
      'one administrator',
      [record(1, 2), record(2, 2, { admin: true })],
      /^Only some of the shards had API_ADMIN_TOKEN; /,
    ],
    ['two contracts', [record(1, 2), record(2, 2, { law: 'def' })], /^The shards ran other versions of the suite, /],
  ])('%s', (_, records, sentence) => {
    expect(() => joinShards(records)).toThrow(SettingsError);
    expect(() => joinShards(records)).toThrow(sentence);
    expect(() => joinShards(records)).toThrow(/expected [^\n]+\.$/);
  });
});
