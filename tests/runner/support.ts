import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { FAULT_DRIVERS } from '../../config/fault-drivers.ts';
import { loadTarget } from '../../config/target-profile.ts';
import { buildReport } from '../../engine/build-report.ts';
import type { Capabilities, Danger } from '../../engine/case.ts';
import type { Report } from '../../engine/report.ts';
import { withUnmatchedRoute } from '../../provocations/unmatched-route.ts';
import { type Reference, type ReferenceOptions, startReference } from '../../reference/server.ts';
import { PreflightError } from '../../runner/preflight.ts';
import { runPlan } from '../../runner/run.ts';
import { makePlan, openSession, type Target } from '../../runner/session.ts';
import type { ClauseSet } from '../../schemas/contract.ts';
import { loadContract } from '../../schemas/load-contract.ts';

const WHOLE = loadContract();

/** Every danger class but `load`, whose bursts take longer than all the rest. */
export const QUIET: Danger[] = ['read', 'reject', 'write', 'fault'];

/** What a run may do; everything is allowed by default, on the profile of the reference. */
export type RunOptions = {
  allow?: Danger[];
  /** Tags of the operations that are run; all by default. A tag must come with those that its objects refer to. */
  tags?: string[];
  /** Target profile; `reference` by default. */
  profile?: string;
  faults?: string;
  /** Paths of hidden objects, in place of the profile's. */
  restricted?: string[];
  /** Named in the objects that the run makes. */
  run?: string;
  counts?: ClauseSet[];
  timeoutMs?: number;
  concurrency?: number;
};

/** Runs the whole plan in this process and makes the report; rejects with a PreflightError as a run would. */
export async function runSuite(target: Target, options: RunOptions = {}): Promise<Report> {
  const { tags, profile = 'reference', faults, run: id = 'test00', counts = ['contract'] } = options;
  const { allow = [...QUIET, 'load'], timeoutMs = 10_000, concurrency = 8 } = options;
  const operations = WHOLE.operations.filter((operation) => tags === undefined || tags.includes(operation.tag));
  const contract = withUnmatchedRoute({ ...WHOLE, operations });
  const known = loadTarget(profile);
  const capabilities: Capabilities = {
    allow,
    admin: target.adminToken !== undefined,
    profile: { ...known, restricted: options.restricted ?? known.restricted },
  };
  const driver = faults === undefined ? undefined : FAULT_DRIVERS[faults];
  if (driver) capabilities.faultDriver = driver;
  const plan = makePlan(contract, capabilities, counts);
  const startedAt = new Date();
  const run = await runPlan(openSession(plan, target, { timeoutMs, concurrency }), target.url, id);
  return buildReport({
    run: { id, startedAt: startedAt.toISOString(), durationMs: Date.now() - startedAt.getTime() },
    contract,
    catalogue: plan.law.catalogue,
    cells: plan.cells,
    results: run.results,
    crashes: new Map(),
    target: { url: target.url, profile, embedded: false, allow, counts },
    environment: { suite: '0.0.0', node: process.version, platform: process.platform },
    errors: run.errors,
  });
}

/** A run that may end before it has begun: its report, or the one sentence that says why there is none. */
export async function tryRun(target: Target, options: RunOptions = {}): Promise<Report | string> {
  try {
    return await runSuite(target, options);
  } catch (error) {
    if (error instanceof PreflightError) return error.message;
    throw error;
  }
}

/** Starts a reference for the time that `work` takes. */
export async function withReference<Result>(
  options: ReferenceOptions,
  work: (reference: Reference) => Promise<Result>,
): Promise<Result> {
  // What the contract says is read once for all of them.
  const reference = await startReference({ operations: WHOLE.operations, ...options });
  try {
    return await work(reference);
  } finally {
    await reference.close();
  }
}

/** Ids of the checks behind the findings of a level that matters: MUST and SHOULD, of every set. */
export function brokenChecks(report: Report): string[] {
  const found = report.findings.filter((finding) => finding.level !== 'MAY').map((finding) => finding.check);
  return [...new Set(found)].sort();
}

/** Cells as `operation status outcome`, for those whose outcome is one of the given. */
export function cellsThat(report: Report, ...outcomes: string[]): string[] {
  return report.cells
    .filter((cell) => outcomes.includes(cell.outcome))
    .map((cell) => `${cell.operation} ${cell.status} ${cell.outcome}`);
}

const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL('../../schemas/meta/report.schema.json', import.meta.url), 'utf8')) as object,
);

/** Asserts that a value is a report as published. */
function expectValidReport(report: unknown): void {
  expect(validate(report), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
}

/** Asserts what holds of every report: it is valid, and no case passes whose control did not hold. */
export function expectSoundReport(report: Report): void {
  expectValidReport(report);
  const failed = new Set(report.controls.filter((control) => !control.held).map((control) => control.id));
  const known = new Set(report.controls.map((control) => control.id));
  for (const cell of report.cells) {
    for (const each of cell.cases.filter(({ outcome }) => outcome === 'pass' || outcome === 'warn')) {
      const place = `${cell.operation} ${cell.status} ${each.id}`;
      expect(
        each.controls.filter((id) => failed.has(id) || !known.has(id)),
        place,
      ).toEqual([]);
      expect(each.controls, place).not.toEqual([]);
    }
    const provoked = cell.cases.some((each) => each.provenance === 'organic' && each.outcome === 'pass');
    if (cell.outcome === 'pass') expect(provoked, `${cell.operation} ${cell.status}`).toBe(true);
    if (cell.outcome === 'untestable' || cell.outcome === 'error' || cell.outcome === 'not-applicable')
      expect(cell.reason ?? '', `${cell.operation} ${cell.status}`).not.toBe('');
  }
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
