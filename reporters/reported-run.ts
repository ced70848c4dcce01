import type { FullConfig } from '@playwright/test/reporter';
import { type Context, getContext, getMergedContext, getTarget } from '../config/context.ts';
import type { Settings } from '../config/settings.ts';
import { describeEnvironment, readShardRecords, type ShardRecord } from '../config/shard-record.ts';
import type { Preflight, Report } from '../report/report.ts';

/** What is reported on: the run of this process, or the run that merged shards were parts of. */
export type ReportedRun = Omit<Context, 'reach'> & {
  url: string;
  environment: Report['environment'];
  preflight?: Preflight | undefined;
  waits?: string[] | undefined;
  unasked?: string[] | undefined;
  leftovers?: string[] | undefined;
};

const EMBEDDED = 'the embedded reference API';

/** The run of this process; `metadata` is Playwright's, with what the set-up noted there. */
export function describeRun(metadata: FullConfig['metadata'] = {}): ReportedRun {
  const { settings, plan } = getContext();
  const [record] = readShardRecords(metadata).values();
  const { preflight, waits, unasked, leftovers } = record ?? {};
  const environment = describeEnvironment();
  return { settings, plan, url: targetUrl(settings), environment, preflight, waits, unasked, leftovers };
}

/** The run that shards were parts of, from what they had in common. Throws a SettingsError when this suite is not theirs. */
export function describeMergedRun(record: ShardRecord): ReportedRun {
  const { environment, settings, preflight, url = settings.apiUrl ?? EMBEDDED } = record;
  return { ...getMergedContext(record), url, environment, preflight };
}

/** What the report says of the target. */
export function describeTarget({ settings, plan, url, preflight }: ReportedRun): Report['target'] {
  const target: Report['target'] = {
    url,
    profile: plan.capabilities.profile.name,
    embedded: settings.apiUrl === undefined,
    allow: settings.allow,
    counts: settings.counts,
  };
  if (settings.faults !== undefined) target.faults = settings.faults;
  if (settings.generation) target.generation = settings.generation;
  if (preflight) target.preflight = preflight;
  return target;
}

/** The embedded API may have died before it told its address. */
function targetUrl(settings: Settings): string {
  try {
    return getTarget(settings).url;
  } catch {
    return EMBEDDED;
  }
}
