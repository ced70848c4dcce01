import { FAULT_DRIVERS } from '../config/fault-drivers.ts';
import { loadTarget } from '../config/target-profile.ts';
import type { Capabilities, Danger, Generation, TargetProfile } from '../plan/case.ts';
import { withUnmatchedRoute } from '../provocations/unmatched-route.ts';
import { buildReport } from '../report/build-report.ts';
import type { Report } from '../report/report.ts';
import { PreflightError } from '../runner/preflight.ts';
import { runPlan } from '../runner/run.ts';
import { newRunId } from '../runner/run-id.ts';
import { makePlan, openSession, type Plan, type Target } from '../runner/session.ts';
import type { ClauseSet, Contract } from '../schemas/contract.ts';
import { loadContract } from '../schemas/load-contract.ts';

/** The contract as published, read once for all runs of this process. */
export const CONTRACT = loadContract();

/** Every danger class but `load`, whose bursts take longer than all the rest. */
export const QUIET: Danger[] = ['read', 'reject', 'write', 'fault'];

/** What a run may do; everything is allowed by default, on the profile of the reference. */
export type RunOptions = {
  allow?: Danger[];
  /** Whether a token may stand in a URL; true by default. */
  tokenInUrl?: boolean;
  /** Tags of the operations that are run; all by default. A tag must come with those that its objects refer to. */
  tags?: string[];
  /** Another contract than the published one. */
  contract?: Contract;
  /** Target profile, by name or whole; `reference` by default. */
  profile?: string | TargetProfile;
  faults?: string;
  /** Paths of hidden objects, in place of the profile's. */
  restricted?: string[];
  /** Named in the objects that the run makes. */
  run?: string;
  counts?: ClauseSet[];
  timeoutMs?: number;
  concurrency?: number;
  /** Objects of a kind at a time. */
  mostObjects?: number;
  /** How much input is generated; none by default. */
  generation?: Generation;
  /** Hears of every request that is sent. */
  onSend?: () => void;
};

/** Carries the plan out in this process and makes the report; rejects with a PreflightError as a run would. */
export async function runSuite(target: Target, options: RunOptions = {}): Promise<Report> {
  const { profile = 'reference', run: id = newRunId(), counts = ['contract'] } = options;
  const { allow = [...QUIET, 'load'], timeoutMs = 10_000, concurrency = 8, generation, onSend = () => {} } = options;
  const known = typeof profile === 'string' ? loadTarget(profile) : profile;
  const plan = planFor(target, { ...options, profile: known, counts, allow });
  const startedAt = new Date();
  const session = openSession(plan, target, { timeoutMs, concurrency });
  const send: typeof session.client.send = (request, how) => {
    onSend();
    return session.client.send(request, how);
  };
  const run = await runPlan({ ...session, client: { ...session.client, send } }, target.url, id);
  return buildReport({
    run: { id, startedAt: startedAt.toISOString(), durationMs: Date.now() - startedAt.getTime() },
    contract: plan.contract,
    catalogue: plan.law.catalogue,
    cells: plan.cells,
    unanswered: plan.unanswered,
    results: run.results,
    crashes: new Map(),
    target: { url: target.url, profile: known.name, embedded: false, allow, counts, ...(generation && { generation }) },
    environment: { suite: '0.0.0', node: process.version, platform: process.platform },
    errors: run.errors,
    waits: run.waits,
    unasked: run.unasked,
    leftovers: run.leftovers,
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

type PlanOptions = Omit<RunOptions, 'profile'> &
  Required<Pick<RunOptions, 'allow' | 'counts'>> & { profile: TargetProfile };

/** Plans by the contract and what else they depend on: checks and validators are made once for all runs of a kind. */
const plans = new WeakMap<Contract, Map<string, Plan>>();

function planFor(target: Target, options: PlanOptions): Plan {
  const { contract = CONTRACT, tags, profile, faults, restricted, counts, allow, tokenInUrl, generation } = options;
  const { mostObjects } = options;
  const admin = target.adminToken !== undefined;
  const limited = target.limitedToken !== undefined;
  const known = plans.get(contract) ?? new Map<string, Plan>();
  plans.set(contract, known);
  const key = JSON.stringify([
    tags,
    profile,
    faults,
    restricted,
    counts,
    allow,
    tokenInUrl,
    generation,
    mostObjects,
    admin,
    limited,
  ]);
  const plan = known.get(key) ?? makePlanFor({ admin, limited }, options);
  known.set(key, plan);
  return plan;
}

function makePlanFor(
  { admin, limited }: Required<Pick<Capabilities, 'admin' | 'limited'>>,
  options: PlanOptions,
): Plan {
  const {
    contract = CONTRACT,
    tags,
    profile,
    faults,
    restricted,
    counts,
    allow,
    tokenInUrl = true,
    generation,
    mostObjects,
  } = options;
  const kept = contract.operations.filter((operation) => tags === undefined || tags.includes(operation.tag));
  const isKept = ({ operationId }: { operationId: string }) => kept.some(({ id }) => id === operationId);
  const operations = kept.map((operation) => ({ ...operation, links: operation.links.filter(isKept) }));
  const capabilities: Capabilities = {
    allow,
    tokenInUrl,
    admin,
    limited,
    profile: { ...profile, restricted: restricted ?? profile.restricted },
  };
  const driver = faults === undefined ? undefined : FAULT_DRIVERS[faults];
  if (driver) capabilities.faultDriver = driver;
  if (generation) capabilities.generation = generation;
  if (mostObjects !== undefined) capabilities.mostObjects = mostObjects;
  return makePlan(withUnmatchedRoute({ ...contract, operations }), capabilities, counts);
}
