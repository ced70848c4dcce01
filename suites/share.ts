import type { FullConfig } from '@playwright/test';

/** What one shard may use of the run's concurrency and of its requests a second. */
export function shareOf({ shard }: Pick<FullConfig, 'shard'>): number {
  return 1 / (shard?.total ?? 1);
}
