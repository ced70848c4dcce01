import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import type { Preflight, Report } from '../report/report.ts';
import type { Plan } from '../runner/session.ts';
import type { Settings } from './settings.ts';

/** Settings that every shard of a run must have alike, because what is tested and how it is judged hangs on them; none is a secret. */
export const SHARED = {
  apiUrl: 'API_URL',
  restricted: 'API_RESTRICTED',
  target: 'CONFORMANCE_TARGET',
  contract: 'CONFORMANCE_CONTRACT',
  allow: 'CONFORMANCE_ALLOW',
  tokenInUrl: 'CONFORMANCE_TOKEN_IN_URL',
  faults: 'CONFORMANCE_FAULTS',
  require: 'CONFORMANCE_REQUIRE',
  counts: 'CONFORMANCE_COUNT',
  timeoutMs: 'CONFORMANCE_TIMEOUT_MS',
  concurrency: 'CONFORMANCE_CONCURRENCY',
  maxRps: 'CONFORMANCE_MAX_RPS',
  maxObjects: 'CONFORMANCE_MAX_OBJECTS',
  generation: 'CONFORMANCE_GENERATE, CONFORMANCE_SEED or CONFORMANCE_GENERATE_BUDGET',
} as const satisfies Partial<Record<keyof Settings, string>>;

export type SharedSettings = Pick<Settings, keyof typeof SHARED>;

/** What a blob tells of the run of its shard, besides its tests. It never holds a secret. */
export type ShardRecord = {
  /** One of one for a run without shards; absent when it ended before its setup began. */
  shard?: { current: number; total: number };
  /** Name of the run it is a part of, when one was given. */
  run?: string;
  /** Where it sent. */
  url?: string;
  /** Set once its groundwork was laid. */
  ready?: true;
  /** What the first look at the target showed. */
  preflight?: Preflight;
  /** What was waited for, and what earlier runs have left; it is known at the end only, when a blob is written already. */
  waits?: string[];
  /** What the target made and did not tell of, in sentences; known at the end only, too. */
  unasked?: string[];
  leftovers?: string[];
  settings: SharedSettings;
  /** Whether there was an administrator token. */
  admin: boolean;
  /** Whether there was a limited token. */
  limited?: boolean;
  /** Stands for the contract and the target profile. */
  law: string;
  environment: Report['environment'];
};

/** Playwright's free-form metadata, which a blob keeps. When blobs are merged, a later key replaces an earlier one. */
type Metadata = Record<string, unknown>;

const PREFIX = 'conformance shard ';

/** The metadata that a run begins with, under a key that no other run has. */
export function makeMetadata(run: { settings: Settings; plan: Plan }): Metadata {
  return { [PREFIX + randomUUID()]: recordShard(run) };
}

function recordShard({ settings, plan }: { settings: Settings; plan: Plan }): ShardRecord {
  const names = Object.keys(SHARED) as (keyof SharedSettings)[];
  const shared = Object.fromEntries(
    names.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])),
  ) as SharedSettings;
  const record: ShardRecord = {
    settings: shared,
    admin: plan.capabilities.admin,
    ...(plan.capabilities.limited && { limited: true }),
    law: fingerprint(plan),
    environment: describeEnvironment(),
  };
  if (settings.run !== undefined) record.run = settings.run;
  return record;
}

/** Notes what became known of this run; Playwright writes its metadata into the blob at the very end. */
export function noteShard(metadata: Metadata, known: Partial<ShardRecord>): void {
  for (const record of readShardRecords(metadata).values()) Object.assign(record, known);
}

/** The records that metadata holds, by their keys. */
export function readShardRecords(metadata: Metadata): Map<string, ShardRecord> {
  const own = Object.entries(metadata).filter(([key]) => key.startsWith(PREFIX));
  return new Map(own as [string, ShardRecord][]);
}

/** Two plans with the same fingerprint test the same contract on the same target profile. */
export function fingerprint({ contract, capabilities }: Plan): string {
  return (
    createHash('sha256')
      // Unlike JSON, it can hold a schema that holds itself.
      .update(serialize([contract, capabilities.profile]))
      .digest('hex')
  );
}

/** The suite and what it runs on. */
export function describeEnvironment(): Report['environment'] {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(file) as { version: string };
  return { suite: version, node: process.version, platform: `${process.platform} ${process.arch}` };
}
