import { expect } from 'vitest';
import { type Reference, type ReferenceOptions, startReference } from '../../reference/server.ts';
import type { Report } from '../../report/report.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import { findUnsound } from '../../selfcheck/soundness.ts';

/** Starts a reference for the time that `work` takes. */
export async function withReference<Result>(
  options: ReferenceOptions,
  work: (reference: Reference) => Promise<Result>,
): Promise<Result> {
  // What the contract says is read once for all of them.
  const reference = await startReference({ operations: CONTRACT.operations, ...options });
  try {
    return await work(reference);
  } finally {
    await reference.close();
  }
}

/** Cells as `operation status outcome`, for those whose outcome is one of the given. */
export function cellsThat(report: Report, ...outcomes: string[]): string[] {
  return report.cells
    .filter((cell) => outcomes.includes(cell.outcome))
    .map((cell) => `${cell.operation} ${cell.status} ${cell.outcome}`);
}

/** Asserts what holds of every report: it is valid, and no case passes whose control did not hold. */
export function expectSoundReport(report: Report): void {
  expect(findUnsound(report)).toEqual([]);
}

/** Everything that an administrator finds on a reference, as the list operations show it. */
export async function listEverything({ url, adminToken }: Reference): Promise<Record<string, unknown[]>> {
  const headers = { authorization: `Bearer ${adminToken}` };
  const found: Record<string, unknown[]> = {};
  const paths = ['/sinks', '/destinations/http_endpoints', '/postgres_databases'];
  for (const path of paths) found[path] = await list(url + path, headers);
  for (const sink of found['/sinks'] as { id: string }[])
    found[`/sinks/${sink.id}/backfills`] = await list(`${url}/sinks/${sink.id}/backfills`, headers);
  return found;
}

async function list(url: string, headers: Record<string, string>): Promise<unknown[]> {
  const response = await fetch(url, { headers });
  expect(response.status, url).toBe(200);
  return ((await response.json()) as { data: unknown[] }).data;
}
