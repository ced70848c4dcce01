import { SettingsError } from './settings-error.ts';
import { SHARED, type ShardRecord, type SharedSettings } from './shard-record.ts';

/**
 * What the shards of one run have in common, and one sentence for each thing that kept the run from being whole. Throws a
 * SettingsError when they are not the shards of one run.
 */
export function joinShards(records: ShardRecord[]): { record: ShardRecord; errors: string[] } {
  const [first, ...others] = records;
  if (!first)
    throw new SettingsError(
      'The blobs are not of this suite; expected those that its shards wrote, all in one directory.',
    );
  for (const other of others) expectSame(first, other);
  const shards = records.flatMap(({ shard }) => shard ?? []);
  const total = shards[0]?.total ?? 1;
  const stray = shards.find((shard) => shard.total !== total);
  if (stray)
    throw new SettingsError(
      `The blobs are of a run of ${total} shards and of one of ${stray.total}; expected the shards of one run.`,
    );
  const numbers = shards.map(({ current }) => current);
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice !== undefined)
    throw new SettingsError(`Shard ${twice} of ${total} is there twice; expected one blob of each shard of one run.`);
  const missing = Array.from({ length: total }, (_, index) => index + 1).filter((each) => !numbers.includes(each));
  const errors =
    missing.length > 0 ? [`${nameShards(missing)} of ${total} ${missing.length > 1 ? 'are' : 'is'} missing`] : [];
  for (const { shard, ready } of records)
    if (!ready) errors.push(`${shard ? describeShard(shard) : 'a shard'} ended before its first test`);
  // The one that tells most: where it sent is not known before its API runs, nor what that showed.
  const [looked, sent] = [records.find(({ preflight }) => preflight), records.find(({ url }) => url !== undefined)];
  return { record: looked ?? sent ?? first, errors };
}

/** A shard in words, such as `shard 2 of 4`; a run without shards is just the run. */
export function describeShard({ current, total }: { current: number; total: number }): string {
  return total === 1 ? 'the run' : `shard ${current} of ${total}`;
}

function nameShards(numbers: number[]): string {
  if (numbers.length === 1) return `shard ${numbers[0]}`;
  return `shards ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}

function expectSame(first: ShardRecord, other: ShardRecord): void {
  const runs = [first, other].map(({ run }) => (run === undefined ? 'one without a name' : `"${run}"`));
  if (first.run !== other.run)
    throw new SettingsError(`The blobs are of two runs, ${runs.join(' and ')}; expected the shards of one run.`);
  const names = (Object.keys(SHARED) as (keyof SharedSettings)[]).map((name): [string, unknown, unknown] => [
    SHARED[name],
    first.settings[name],
    other.settings[name],
  ]);
  const differing = names.find(([, one, two]) => JSON.stringify(one) !== JSON.stringify(two));
  if (differing) {
    const [name, one, two] = differing;
    const [here, there] = [one, two].map((value) => (value === undefined ? 'not set' : JSON.stringify(value)));
    throw new SettingsError(
      `The shards did not run with the same ${name}: ${here} in one and ${there} in another; expected the same in all.`,
    );
  }
  if (first.admin !== other.admin)
    throw new SettingsError('Only some of the shards had API_ADMIN_TOKEN; expected it in all of them, or in none.');
  if (first.law !== other.law || first.environment.suite !== other.environment.suite)
    throw new SettingsError(
      'The shards ran other versions of the suite, its contract or its target profile; expected the same in all of them.',
    );
}
