import { DANGERS, type Danger, type Generation, MOST_OBJECTS } from '../plan/case.ts';
import type { ClauseSet } from '../schemas/contract.ts';
import {
  list,
  oneOf,
  readCredentials,
  readHeaders,
  readHost,
  readHosts,
  readNumber,
  readPath,
  readSwitch,
  readToken,
  readUrl,
  someOf,
} from './read-values.ts';
import { SettingsError } from './settings-error.ts';
import { ownVariables, VARIABLES } from './variables.ts';

/** Everything the environment says about a run, checked. */
export type Settings = {
  /** Base URL with its prefix and without a trailing slash; undefined when the suite starts the embedded API itself. */
  apiUrl?: string;
  token?: string;
  adminToken?: string;
  limitedToken?: string;
  /** Credentials of the contract's further security schemes, by the names of these. */
  credentials?: Record<string, string>;
  /** Paths of objects hidden for administrators only. */
  restricted: string[];
  /** Name of the target profile in `targets/`, or the path of one elsewhere. */
  target: string;
  /** Path of the directory with the contract; the one that comes with the suite when absent. */
  contract?: string;
  allow: Danger[];
  /** Name of the fault driver preset. */
  faults?: string;
  /** Statuses that must be provoked for the run to succeed. */
  require: number[];
  /** Clause sets whose MUSTs decide the verdict. */
  counts: ClauseSet[];
  reportDir: string;
  /** Path of the report.json of the run before. */
  baseline?: string;
  /** Whether anything that is broken fails the run, or only what the baseline does not have. */
  failOn: 'any' | 'new';
  /** Path of the file of waivers; undefined when none is named. */
  waivers?: string;
  /** Path of the directory with the reports of earlier runs. */
  history?: string;
  /** Name of the run that a shard is a part of. */
  run?: string;
  timeoutMs: number;
  /** Exchanges under way at once, over all workers. */
  concurrency: number;
  /** Exchanges under way at once in the burst for 429. */
  burstConcurrency: number;
  /** Exchanges begun in a second, over all workers; no bound when absent. */
  maxRps?: number;
  /** Objects of a kind alive at a time. */
  maxObjects: number;
  /** Host names that are taken for production, besides those of the contract's own servers; `*.` stands for any subdomain. */
  protectedHosts: string[];
  /** The protected host that this run may read. */
  confirmHost?: string;
  /** Whether a token may travel over plain http to another machine. */
  allowInsecure: boolean;
  /** Whether a token may stand in a URL, which every log on the way keeps. */
  tokenInUrl: boolean;
  /** PEM files: of certificate authorities to trust besides the known ones, and of the certificate to appear with. */
  caFile?: string;
  clientCertFile?: string;
  clientKeyFile?: string;
  keyPassphrase?: string;
  /** Sent with every request. */
  headers: Record<string, string>;
  /** How much input is generated; absent when none is. */
  generation?: Generation;
};

/** What settings may name, taken from the contract and the files that come with the suite. */
export type Choices = { statuses: number[]; targets: string[]; faults: string[]; access?: Access };

/** What a contract asks for so that a request is let in; one bearer token where nothing is told. */
export type Access = {
  /** Whether it asks for any credential. */
  isSecured: boolean;
  /** Names of the security schemes that it uses beside another one, which have credentials of their own. */
  schemes: string[];
  /** Headers and query parameters in which credentials travel. */
  carriers: string[];
};

const BEARER: Access = { isSecured: true, schemes: [], carriers: [] };

const SETS: ClauseSet[] = ['contract', 'http', 'hygiene'];

/** Reads and checks the settings; throws a SettingsError for the first that is wrong. An empty variable counts as not set. */
export function readSettings(env: Record<string, string | undefined>, choices: Choices): Settings {
  for (const name of Object.keys(env)) {
    if (name.startsWith('CONFORMANCE_') && !(name in VARIABLES))
      throw new SettingsError(`${name} is not a setting; the settings are ${ownVariables()}.`);
  }
  const get = (name: string) => env[name]?.trim() || undefined;
  const { access = BEARER } = choices;
  const apiUrl = get('API_URL');
  const token = get('API_TOKEN');
  if (apiUrl !== undefined && token === undefined && access.isSecured)
    throw new SettingsError('API_TOKEN is not set; with API_URL the suite needs an ordinary API token.');
  if (apiUrl === undefined && token !== undefined)
    throw new SettingsError('API_TOKEN is set and API_URL is not; without API_URL the suite would test its own API.');
  const settings: Settings = {
    restricted: list(get('API_RESTRICTED')).map(readPath),
    target: readTarget(get('CONFORMANCE_TARGET') ?? (apiUrl === undefined ? 'reference' : 'generic'), choices.targets),
    allow: readAllow(get('CONFORMANCE_ALLOW'), apiUrl === undefined),
    require: readRequire(get('CONFORMANCE_REQUIRE'), choices.statuses),
    counts: someOf('CONFORMANCE_COUNT', get('CONFORMANCE_COUNT') ?? 'contract', SETS.join(', ')).map((set) =>
      oneOf('CONFORMANCE_COUNT', set, SETS),
    ),
    reportDir: get('CONFORMANCE_REPORT_DIR') ?? 'conformance-report',
    failOn: oneOf('CONFORMANCE_FAIL_ON', get('CONFORMANCE_FAIL_ON') ?? 'any', ['any', 'new']),
    timeoutMs: readNumber('CONFORMANCE_TIMEOUT_MS', get('CONFORMANCE_TIMEOUT_MS') ?? '10000', 1, 600_000),
    concurrency: readNumber('CONFORMANCE_CONCURRENCY', get('CONFORMANCE_CONCURRENCY') ?? '8', 1, 256),
    burstConcurrency: readNumber(
      'CONFORMANCE_BURST_CONCURRENCY',
      get('CONFORMANCE_BURST_CONCURRENCY') ?? '64',
      1,
      1024,
    ),
    maxObjects: readNumber('CONFORMANCE_MAX_OBJECTS', get('CONFORMANCE_MAX_OBJECTS') ?? String(MOST_OBJECTS), 2, 1000),
    protectedHosts: list(get('CONFORMANCE_PROTECTED_HOSTS')).map((name) =>
      readHosts('CONFORMANCE_PROTECTED_HOSTS', name),
    ),
    allowInsecure: readSwitch('CONFORMANCE_ALLOW_INSECURE', get('CONFORMANCE_ALLOW_INSECURE') ?? '0'),
    // The embedded API keeps no log, and its token is of no use to anybody.
    tokenInUrl: readSwitch('CONFORMANCE_TOKEN_IN_URL', get('CONFORMANCE_TOKEN_IN_URL') ?? (apiUrl ? '0' : '1')),
    headers: readHeaders(get('CONFORMANCE_HEADERS') ?? '{}', access.carriers),
  };
  const contract = get('CONFORMANCE_CONTRACT');
  if (contract !== undefined) settings.contract = contract;
  const level = oneOf('CONFORMANCE_GENERATE', get('CONFORMANCE_GENERATE') ?? 'quick', ['off', 'quick', 'deep']);
  if (level !== 'off') settings.generation = readGeneration(level, get);
  const baseline = get('CONFORMANCE_BASELINE');
  if (baseline !== undefined) settings.baseline = baseline;
  else if (settings.failOn === 'new')
    throw new SettingsError('CONFORMANCE_FAIL_ON is "new" and CONFORMANCE_BASELINE is not set; expected both.');
  const waivers = get('CONFORMANCE_WAIVERS');
  const history = get('CONFORMANCE_HISTORY');
  if (waivers !== undefined) settings.waivers = waivers;
  if (history !== undefined) settings.history = history;
  const run = get('CONFORMANCE_RUN') ?? get('GITHUB_RUN_ID') ?? get('CI_PIPELINE_ID');
  if (run !== undefined) settings.run = run;
  const caFile = get('CONFORMANCE_CA_FILE');
  const clientCertFile = get('CONFORMANCE_CLIENT_CERT_FILE');
  const clientKeyFile = get('CONFORMANCE_CLIENT_KEY_FILE');
  const keyPassphrase = get('CONFORMANCE_CLIENT_KEY_PASSPHRASE');
  if ((clientCertFile === undefined) !== (clientKeyFile === undefined))
    throw new SettingsError(
      'Only one of CONFORMANCE_CLIENT_CERT_FILE and CONFORMANCE_CLIENT_KEY_FILE is set; expected both, or neither.',
    );
  if (caFile !== undefined) settings.caFile = caFile;
  if (clientCertFile !== undefined) settings.clientCertFile = clientCertFile;
  if (clientKeyFile !== undefined) settings.clientKeyFile = clientKeyFile;
  if (keyPassphrase !== undefined) settings.keyPassphrase = keyPassphrase;
  const maxRps = get('CONFORMANCE_MAX_RPS');
  const confirmHost = get('CONFORMANCE_CONFIRM_HOST');
  if (maxRps !== undefined) settings.maxRps = readNumber('CONFORMANCE_MAX_RPS', maxRps, 1, 10_000);
  if (confirmHost !== undefined) settings.confirmHost = readHost('CONFORMANCE_CONFIRM_HOST', confirmHost);
  const adminToken = get('API_ADMIN_TOKEN');
  const faults = get('CONFORMANCE_FAULTS');
  if (apiUrl !== undefined) settings.apiUrl = readUrl(apiUrl, access.carriers);
  const limitedToken = get('API_LIMITED_TOKEN');
  if (limitedToken !== undefined) settings.limitedToken = readToken('API_LIMITED_TOKEN', limitedToken);
  const credentials = readCredentials(get('API_CREDENTIALS') ?? '{}', apiUrl === undefined ? [] : access.schemes);
  if (Object.keys(credentials).length > 0) settings.credentials = credentials;
  if (token !== undefined) settings.token = readToken('API_TOKEN', token);
  if (adminToken !== undefined) settings.adminToken = readToken('API_ADMIN_TOKEN', adminToken);
  if (faults !== undefined) settings.faults = oneOf('CONFORMANCE_FAULTS', faults, choices.faults);
  return settings;
}

/** Whether a target is named by the path of its profile. */
export function isProfilePath(target: string): boolean {
  return target.endsWith('.yaml');
}

function readTarget(value: string, names: string[]): string {
  return isProfilePath(value) ? value : oneOf('CONFORMANCE_TARGET', value, names);
}

function readAllow(value: string | undefined, embedded: boolean): Danger[] {
  if (value === undefined) return embedded ? [...DANGERS] : ['read', 'reject'];
  if (value === 'all') return [...DANGERS];
  const expected = `${DANGERS.join(', ')}, or all`;
  return someOf('CONFORMANCE_ALLOW', value, expected).map((each) => {
    const found = DANGERS.find((danger) => danger === each);
    if (!found) throw new SettingsError(`CONFORMANCE_ALLOW names "${each}"; expected ${expected}.`);
    return found;
  });
}

function readRequire(value: string | undefined, statuses: number[]): number[] {
  if (value === undefined) return [];
  if (value === 'all') return statuses;
  const expected = `all, or some of ${statuses.join(', ')}`;
  return someOf('CONFORMANCE_REQUIRE', value, expected).map((each) => {
    const status = statuses.find((known) => String(known) === each);
    if (status === undefined) throw new SettingsError(`CONFORMANCE_REQUIRE names "${each}"; expected ${expected}.`);
    return status;
  });
}

/** Most generated requests of a run, unless told. */
export const BUDGETS = { quick: 500, deep: 20_000 };

/** Largest seed; fast-check takes 32 bits. */
const MOST_SEED = 2 ** 31 - 1;

function readGeneration(level: 'quick' | 'deep', get: (name: string) => string | undefined): Generation {
  const seed = get('CONFORMANCE_SEED');
  // The same requests every time, so that what changes from one night to the next is the API; only a deep search roams.
  const own = level === 'quick' ? 1 : Math.floor(Math.random() * MOST_SEED);
  const budget = get('CONFORMANCE_GENERATE_BUDGET') ?? String(BUDGETS[level]);
  return {
    level,
    seed: seed === undefined ? own : readNumber('CONFORMANCE_SEED', seed, 0, MOST_SEED),
    budget: readNumber('CONFORMANCE_GENERATE_BUDGET', budget, 1, 1_000_000),
  };
}
