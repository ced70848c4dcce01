import type { ChildProcess } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withReference } from '../runner/support.ts';
import { makeCanary, type Search, searchFor } from '../support/find-secrets.ts';
import type { Piece } from '../support/unpack.ts';
import { type Front, type Gate, type Talk, withEchoFront, withTunnel } from './echo-front.ts';
import { watchCommands } from './process-tree.ts';
import { readTree, watchTree, withProjectCopy } from './project-copy.ts';
import { runPlaywright, type SuiteRun } from './support.ts';

/** What JSON, URLs and HTML write otherwise. */
const ODD = '"a\\b&<%/ ';

/** How long the suite waits for an answer; at times the server lets it wait longer. */
const DEADLINE_MS = 3000;

/** One secret of each kind that the suite is given; a token is made of the characters that RFC 6750 allows. */
const makeSecrets = () => ({
  token: makeCanary('tok.+/~'),
  adminToken: makeCanary('adm.+/~'),
  proxyPassword: makeCanary(`ö${ODD}`, ':@/'),
  header: makeCanary(ODD),
  passphrase: makeCanary(`ö${ODD}`),
  password: makeCanary(`ö${ODD}`, '"'),
  passwordFromProfile: makeCanary(`ö${ODD}`),
  faultKey: makeCanary(ODD),
  faultKeyFromProfile: makeCanary(ODD),
});

/** The secrets of one run, by what they are for. */
export type Secrets = ReturnType<typeof makeSecrets>;

/** Every reporter there is, each writing into the run's own directory. */
const REPORTERS = './reporters/conformance-reporter.ts,junit,html,json,blob,list,line,dot,github';

const outputs = (directory: string) => ({
  PLAYWRIGHT_JUNIT_OUTPUT_FILE: join(directory, 'out', 'junit.xml'),
  PLAYWRIGHT_JSON_OUTPUT_FILE: join(directory, 'out', 'report.json'),
  PLAYWRIGHT_HTML_OUTPUT_DIR: join(directory, 'out', 'html'),
  PLAYWRIGHT_HTML_OPEN: 'never',
  PLAYWRIGHT_BLOB_OUTPUT_DIR: join(directory, 'out', 'blob'),
  PWTEST_CACHE_DIR: join(directory, 'compiled'),
});

/** How a run differs from the usual one. */
export type How = {
  args?: string[];
  env?: (secrets: Secrets) => Record<string, string>;
  talk?: Partial<Talk>;
  gate?: Gate;
  during?: (child: ChildProcess, front: Front) => void;
};

/**
 * What a run did, the search through all that it wrote, the names of these files, how its processes were called, and which kinds of
 * errors the server told.
 */
export type Searched = { run: SuiteRun; search: Search; files: string[]; commands: string[]; told: Set<string> };

/** Runs the suite with every output on against a server that tells all it knows, and searches every byte that was written. */
export async function runAndSearch(how: How): Promise<Searched> {
  const secrets = makeSecrets();
  const talk: Talk = {
    secrets: Object.values(secrets),
    cookie: makeCanary('s.'),
    slowMs: DEADLINE_MS + 500,
    told: new Set(),
    ...how.talk,
  };
  return withServers(secrets, talk, how.gate, (reach, front) =>
    withProjectCopy(async (root) => {
      // As people have it: the token in a file that is not committed.
      writeFileSync(join(root, '.env'), `API_TOKEN=${secrets.token}\n`);
      writeProfile(root, secrets);
      const env = { ...settings(secrets), ...reach, ...how.env?.(secrets) };
      return { ...(await runIn(root, { ...secrets, cookie: talk.cookie }, env, how, front)), told: talk.told };
    }),
  );
}

async function runIn(
  root: string,
  secrets: Record<string, string>,
  env: Record<string, string | undefined>,
  { args = [], during }: How,
  front: Front,
): Promise<Omit<Searched, 'told'>> {
  const before = new Set(readTree(root).map(({ name }) => name));
  const written: Piece[] = [];
  const commands = new Set<string>();
  let stop = (): Piece[] => [];
  const run = await runPlaywright([`--reporter=${REPORTERS}`, '--trace', 'on', ...args], {
    root,
    env: (directory) => ({ ...outputs(directory), ...env }),
    during: (child, directory) => {
      stop = watchTree(directory);
      watchCommands(child, commands);
      during?.(child, front);
    },
    inspect: (directory) => {
      const stray = readTree(root).filter(({ name }) => !before.has(name));
      written.push(...stop(), ...readTree(directory), ...stray);
    },
  });
  const output = { name: 'output', bytes: Buffer.from(run.output) };
  const called = { name: 'arguments', bytes: Buffer.from([...commands].join('\n')) };
  const search = searchFor(secrets, [...written, output, called]);
  return { run, search, files: [...new Set(written.map(({ name }) => name))], commands: [...commands] };
}

/** The reference behind a front that echoes, behind a proxy that asks for a password. */
function withServers<Result>(
  secrets: Secrets,
  talk: Talk,
  gate: Gate | undefined,
  work: (env: Record<string, string>, front: Front) => Promise<Result>,
): Promise<Result> {
  const { token, adminToken, proxyPassword } = secrets;
  const rateLimit = { capacity: 100_000, perSecond: 100_000 };
  return withReference({ token, adminToken, rateLimit }, (reference) =>
    withEchoFront(reference, talk, (front) =>
      withTunnel(Number(new URL(front.url).port), gate ?? (() => undefined), (port) => {
        const proxy = `http://jo:${encodeURIComponent(proxyPassword)}@127.0.0.1:${port}`;
        return work({ HTTP_PROXY: proxy, HTTPS_PROXY: proxy }, front);
      }),
    ),
  );
}

function settings(secrets: Secrets): Record<string, string | undefined> {
  return {
    API_TOKEN: undefined,
    // A name that only the proxy resolves: this machine itself is reached without one.
    API_URL: 'http://api.test/api',
    CONFORMANCE_ALLOW_INSECURE: '1',
    // The more places a secret goes to, the more of them it can come back from.
    CONFORMANCE_TOKEN_IN_URL: '1',
    API_ADMIN_TOKEN: secrets.adminToken,
    API_SECRET_DATABASE_PASSWORD: secrets.password,
    API_SECRET_FAULT_KEY: secrets.faultKey,
    CONFORMANCE_TARGET: 'canary',
    CONFORMANCE_ALLOW: 'read,reject,write,fault',
    CONFORMANCE_FAULTS: 'reference',
    CONFORMANCE_HEADERS: JSON.stringify({ 'X-Tenant': secrets.header }),
    CONFORMANCE_CLIENT_KEY_PASSPHRASE: secrets.passphrase,
    CONFORMANCE_TIMEOUT_MS: String(DEADLINE_MS),
    CONFORMANCE_GENERATE_BUDGET: '30',
  };
}

/** The reference's profile with secrets in a header that asks for a fault and in the password of a database. */
function writeProfile(root: string, { passwordFromProfile, faultKeyFromProfile }: Secrets): void {
  const profile = join(root, 'targets', 'canary.yaml');
  const known = readFileSync(join(root, 'targets', 'reference.yaml'), 'utf8').replace(
    'name: reference',
    'name: canary',
  );
  const headers = `{ X-Account: damaged, X-Fault-Key: ${JSON.stringify(faultKeyFromProfile)}, X-Other: "\${API_SECRET_FAULT_KEY}" }`;
  writeFileSync(profile, known.replace('{ X-Account: damaged }', headers));
  const passwords = `{ password: ${JSON.stringify(passwordFromProfile)}, primary: { password: "\${API_SECRET_DATABASE_PASSWORD}" } }`;
  appendFileSync(
    profile,
    `\nbodies:\n  createPostgresDatabase: ${passwords}\n  updatePostgresDatabase: ${passwords}\n`,
  );
}
