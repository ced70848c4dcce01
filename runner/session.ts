import { setMaxListeners } from 'node:events';
import { type Client, createClient } from '../exchange/client.ts';
import type { Way } from '../exchange/connect.ts';
import { createPace } from '../exchange/pace.ts';
import { pause } from '../exchange/pause.ts';
import { parseBase } from '../exchange/request-bytes.ts';
import { makeWatch } from '../exchange/secrets.ts';
import { type Law, makeLaw } from '../judge/law.ts';
import type { Exchange, RequestSpec } from '../model/exchange.ts';
import type { Capabilities, Scene, World } from '../plan/case.ts';
import { withNeededHeaders } from '../plan/needed-headers.ts';
import { type PlannedCell, planCells } from '../plan/plan.ts';
import { deriveResources, firstList, type Resource } from '../plan/resources.ts';
import { listUnanswered, type Unanswered } from '../plan/unanswered.ts';
import { provocationsFor } from '../provocations/catalogue.ts';
import { buildRequest } from '../provocations/request.ts';
import type { ClauseSet, Contract } from '../schemas/contract.ts';
import { nameSecret } from '../schemas/name-secret.ts';
import { isBasic, schemesOf } from '../schemas/security.ts';
import { createDemandedTypes, type DemandedTypes } from './demanded-types.ts';
import { createGate, type Gate } from './gate.ts';
import { createLateness, type Lateness } from './lateness.ts';
import type { Ledger } from './ledger.ts';
import { createPatience, type Patience } from './patience.ts';
import { createSeal, type Seal } from './seal.ts';
import { sendPatiently } from './send-patiently.ts';
import { stopWith } from './stop-with.ts';
import { guardUrls, queryKeys } from './url-secrets.ts';
import { watchTarget } from './watch-target.ts';

/** Where to send and how to get there, and with which credentials and headers. */
export type Target = {
  url: string;
  token: string;
  adminToken?: string;
  /** A token that may not do what the target profile says. */
  limitedToken?: string;
  /** Credentials of the contract's further security schemes, by the names of these. */
  credentials?: Record<string, string>;
  way?: Way;
  headers?: Record<string, string>;
  /** Other secrets that requests name by placeholder, by name. */
  secrets?: Record<string, string>;
};

/** What a run needs before anything is sent: the contract, what it may do, the law to judge by, and the plan. */
export type Plan = {
  contract: Contract;
  resources: Resource[];
  capabilities: Capabilities;
  law: Law;
  cells: PlannedCell[];
  /** What is provoked nowhere for want of a documented answer. */
  unanswered: Unanswered[];
};

/**
 * A plan with clients to carry it out, all behind one gate and in one pace, and how patient they are with the target. `client`
 * gives a target up that no longer answers at all; `faultClient` does not, for the time in which the target is made to fail;
 * `burstClient` has more requests under way at once.
 */
export type Session = Plan & {
  client: Client;
  faultClient: Client;
  burstClient: Client;
  gate: Gate;
  patience: Patience;
  /** Waits so many milliseconds; as short as it takes once the run was told to stop, and rejects then. */
  pause: (ms: number) => Promise<void>;
  /** Once it is aborted, with the reason as an Error, nothing goes out any more that was still waiting to, but for what puts the target back. */
  halt: AbortController;
  /** What has to be sent with requests that have no body. */
  types: DemandedTypes;
  /** What a fault is known to be too slow for. */
  lateness: Lateness;
  /** Takes secrets out of what leaves the session. */
  seal: Seal;
  /** What it has made so far; absent where no run is under way. */
  ledger?: Ledger;
  /** Most exchanges begun in a second; no bound when absent. */
  maxRps?: number;
};

/** How fast to send: the deadline of one exchange in milliseconds, how many may be under way at once, also in a burst, and begun in a second. */
export type Speed = { timeoutMs: number; concurrency: number; burstConcurrency?: number; maxRps?: number };

/** Makes the plan from the contract and what the run may do. */
export function makePlan(published: Contract, capabilities: Capabilities, counts: ClauseSet[]): Plan {
  const contract = withNeededHeaders(published, capabilities.profile);
  const provocations = provocationsFor(contract);
  return {
    contract,
    resources: deriveResources(contract),
    capabilities,
    law: makeLaw(contract, counts, capabilities.profile.gateway),
    cells: planCells(contract, provocations, capabilities),
    unanswered: listUnanswered(contract, provocations),
  };
}

/** Opens a session on a target. */
export function openSession(plan: Plan, target: Target, speed: Speed): Session {
  const { timeoutMs, concurrency, burstConcurrency = 64, maxRps } = speed;
  const secrets = secretsOf(target, plan.contract);
  const pace = maxRps === undefined ? {} : { pace: createPace(maxRps) };
  const { way = {}, headers = {} } = target;
  const all = { secrets, credentials: parseBase(target.url).credentials, way, headers };
  const watch = makeWatch(all);
  const options = { baseUrl: target.url, secrets, timeoutMs, way, headers, watch, ...pace };
  const allowed = { tokenInUrl: plan.capabilities.tokenInUrl, keys: queryKeys(plan.contract) };
  const client = guardUrls(createClient({ ...options, concurrency }), allowed);
  const burst = guardUrls(createClient({ ...options, concurrency: burstConcurrency }), allowed);
  const list = firstList(plan.contract);
  const baseUrl = target.url.replace(/(?<!\/)\/*(?:\?.*)?$/, '');
  const watched = list ? watchTarget(client, buildRequest(list, {}), baseUrl) : client;
  const patience = createPatience(plan.capabilities.profile.rateLimit.maxWaitMs);
  const gate = createGate(plan, baseUrl);
  const types = createDemandedTypes(plan.contract);
  const halt = new AbortController();
  // All that waits listens to it.
  setMaxListeners(0, halt.signal);
  const guard = (each: Client) =>
    types.dress(
      gate.guard(each, (request) => {
        // What puts the target back asks, too, when the run has been told to stop.
        const client = halt.signal.aborted ? each : stopWith(each, halt.signal);
        const asked = sendPatiently({ client, patience }, { request, danger: 'read', isUrgent: true });
        return asked.then(({ exchange }) => exchange).catch((error) => holdUnasked(request, baseUrl, error));
      }),
    );
  return {
    ...plan,
    client: guard(watched),
    faultClient: guard(client),
    burstClient: guard(burst),
    gate,
    patience,
    pause: (ms) => pause(ms),
    halt,
    types,
    lateness: createLateness(baseUrl),
    seal: createSeal(watch.newRedactor),
    ...(maxRps !== undefined && { maxRps }),
  };
}

/** What stands for the answer to a question of the gate that was not asked any more; what asks because of it is held back. */
function holdUnasked(request: RequestSpec, baseUrl: string, error: unknown): Exchange {
  const failure = { kind: 'held' as const, code: 'ESTOPPED', message: (error as Error).message };
  return { request, url: `${baseUrl}${request.target}`, failure, echoed: [], ms: 0 };
}

/** What requests name by placeholder. */
function secretsOf({ secrets, token, adminToken, limitedToken, credentials = {} }: Target, contract: Contract) {
  const isPair = contract.operations.some((each) => schemesOf(each).some(isBasic));
  const password = isPair ? token.slice(token.indexOf(':') + 1) : '';
  const named = Object.entries(credentials).map(([name, value]) => [nameSecret('credential', name), value]);
  const all: Record<string, string> = { ...secrets, token, ...Object.fromEntries(named) };
  if (adminToken !== undefined) all.adminToken = adminToken;
  if (limitedToken !== undefined) all.limitedToken = limitedToken;
  // Whoever sees the pair has it, too; it alone may come back.
  if (password !== '') all.password = password;
  return all;
}

/** What provocations see of a session on a world. */
export function sceneOf(session: Plan, world: World): Scene {
  return { contract: session.contract, resources: session.resources, capabilities: session.capabilities, world };
}
