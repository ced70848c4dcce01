import type { Capabilities, TargetProfile } from '../plan/case.ts';
import type { Report } from '../report/report.ts';
import type { Waiver } from '../report/waiver.ts';
import { makePlan, openSession, type Plan, type Session, type Speed, type Target } from '../runner/session.ts';
import type { Contract } from '../schemas/contract.ts';
import { schemesOf } from '../schemas/security.ts';
import { expectDirectory, readContractDirectory } from './contract-directory.ts';
import { FAULT_DRIVERS } from './fault-drivers.ts';
import { guardServers, guardTarget } from './guard-target.ts';
import { openContract } from './open-contract.ts';
import { hideSecrets } from './profile-secrets.ts';
import { readReach } from './reach.ts';
import { type ReadHistory, readHistory } from './read-history.ts';
import { readReport } from './read-report.ts';
import { type Access, type Choices, readSettings, type Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { describeEnvironment, fingerprint, SHARED, type ShardRecord, type SharedSettings } from './shard-record.ts';
import { checkFaults, checkNamed, checkObjects, listTargets, loadTarget } from './target-profile.ts';
import { findWaivers, loadWaivers } from './waivers.ts';

/** What the main process of a run works out from the environment: the settings, the way to the API, and the plan. */
export type Context = { settings: Settings; reach: Pick<Target, 'way' | 'headers' | 'secrets'>; plan: Plan };

let context: Context | undefined;
let baseline: Report | undefined;
let waivers: Waiver[] | undefined;
let history: ReadHistory | undefined;

/**
 * The settings, the way to the API and the plan of this run, made once; throws a SettingsError when a setting is wrong, and a
 * ContractError when the contract is.
 */
export function getContext(): Context {
  context ??= makeContext(process.env);
  return context;
}

/** Whether the settings of this process were read, as `playwright.config.ts` does. */
export function isConfigured(): boolean {
  return context !== undefined;
}

function makeContext(env: NodeJS.ProcessEnv): Context {
  const contract = openContract(readContractDirectory(env));
  const settings = guardTarget(readSettings(env, choicesOf(contract)), contract.servers);
  guardServers(settings, contract.operations);
  // The embedded API always comes with an administrator token; it is not known before the API runs.
  const admin = settings.apiUrl === undefined || settings.adminToken !== undefined;
  const limited = settings.limitedToken !== undefined;
  const { profile, secrets } = hideSecrets(readProfile(contract, settings), env);
  return {
    settings,
    reach: { ...readReach(settings, env), secrets },
    plan: planRun(contract, settings, { admin, limited, profile }),
  };
}

/**
 * The settings and the plan of the run that shards were parts of: what they had in common, and the rest from the environment of
 * the merge, which needs neither the API nor a token. Throws a SettingsError when this suite is not the one that they ran, and a
 * ContractError when its contract is wrong.
 */
export function getMergedContext(
  { settings: shared, admin, limited = false, law, environment }: ShardRecord,
  env: NodeJS.ProcessEnv = process.env,
): Omit<Context, 'reach'> {
  const contract = openContract(shared.contract === undefined ? undefined : expectDirectory(shared.contract));
  const own = Object.entries(env).filter(([name]) => !name.startsWith('API_'));
  const read = Object.entries(readSettings(Object.fromEntries(own), choicesOf(contract)));
  const rest = Object.fromEntries(read.filter(([name]) => !(name in SHARED))) as Omit<Settings, keyof SharedSettings>;
  const settings = { ...rest, ...shared };
  const { profile } = hideSecrets(readProfile(contract, settings));
  const plan = planRun(contract, settings, { admin, limited, profile });
  if (fingerprint(plan) !== law || environment.suite !== describeEnvironment().suite)
    throw new SettingsError(
      'The shards ran another version of the suite, its contract or its target profile than this one; expected the same.',
    );
  return { settings, plan };
}

function choicesOf(contract: Contract): Choices {
  const { statuses } = contract;
  return { statuses, targets: listTargets(), faults: Object.keys(FAULT_DRIVERS), access: accessOf(contract) };
}

function accessOf({ operations }: Contract): Access {
  const all = operations.map(schemesOf);
  const schemes = all.flatMap((each) => each.slice(1).map(({ name }) => name));
  const carriers = all.flat().flatMap((scheme) => (scheme.type === 'apiKey' ? [scheme.parameter] : []));
  const isSecured = all.some((each) => each.length > 0);
  return { isSecured, schemes: [...new Set(schemes)], carriers: [...new Set(carriers)] };
}

function readProfile(contract: Contract, { target }: Settings): TargetProfile {
  const profile = loadTarget(target);
  checkFaults(profile, contract);
  checkNamed(profile, contract);
  checkObjects(profile, contract);
  return profile;
}

function planRun(
  contract: Contract,
  settings: Settings,
  { admin, limited, profile }: Pick<Capabilities, 'admin' | 'limited' | 'profile'>,
): Plan {
  const restricted = settings.restricted.length > 0 ? settings.restricted : profile.restricted;
  const capabilities: Capabilities = {
    allow: settings.allow,
    tokenInUrl: settings.tokenInUrl,
    mostObjects: settings.maxObjects,
    admin,
    ...(limited && { limited }),
    profile: { ...profile, restricted },
  };
  if (settings.generation) capabilities.generation = settings.generation;
  const driver = settings.faults === undefined ? undefined : FAULT_DRIVERS[settings.faults];
  if (driver) capabilities.faultDriver = driver;
  return makePlan(contract, capabilities, settings.counts);
}

/**
 * The report of the run before, read once; undefined when none is named. It may be large, and only the main process needs it.
 * Throws a SettingsError when it is no report.
 */
export function getBaseline(
  { baseline: path }: Pick<Settings, 'baseline'> = getContext().settings,
): Report | undefined {
  if (path !== undefined) baseline ??= readReport('CONFORMANCE_BASELINE', path);
  return baseline;
}

/** The reports of earlier runs, read once and by the main process only; undefined when no directory is named. */
export function getHistory(
  { history: directory }: Pick<Settings, 'history'> = getContext().settings,
): ReadHistory | undefined {
  if (directory !== undefined) history ??= readHistory(directory);
  return history;
}

/** The waivers of this run, read once; undefined when there is no file. Throws a SettingsError when it is wrong. */
export function getWaivers(
  settings: Pick<Settings, 'waivers' | 'apiUrl'> = getContext().settings,
): Waiver[] | undefined {
  const path = findWaivers(settings);
  if (path !== undefined) waivers ??= loadWaivers(path);
  return waivers;
}

let embedded: Target | undefined;

/** Tells where the reference API listens that this run has started. */
export function setEmbedded(target: Target): void {
  embedded = target;
}

/** Where this run sends: API_URL, or the reference API that it has started. */
export function getTarget(settings: Settings): Target {
  const { apiUrl, token = '', adminToken, limitedToken, credentials } = settings;
  if (apiUrl !== undefined)
    return {
      url: apiUrl,
      token,
      ...(adminToken !== undefined && { adminToken }),
      ...(limitedToken !== undefined && { limitedToken }),
      ...(credentials && { credentials }),
    };
  if (!embedded) throw new Error('The embedded reference API has not told where it listens.');
  return embedded;
}

/** A session for this run; `share` is its part of the concurrency and of the requests a second, from 0 to 1. */
export function getSession(share = 1): Session {
  const { settings, reach, plan } = getContext();
  const { timeoutMs, concurrency, burstConcurrency, maxRps } = settings;
  const part = (whole: number) => Math.max(1, Math.floor(whole * share));
  const speed: Speed = { timeoutMs, concurrency: part(concurrency), burstConcurrency: part(burstConcurrency) };
  if (maxRps !== undefined) speed.maxRps = maxRps * share;
  return openSession(plan, { ...getTarget(settings), ...reach }, speed);
}
