import { type ChildProcess, execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeSelfSigned } from '../exchange/certificates.ts';
import { runAndSearch, type Searched, type Secrets } from './canary-run.ts';
import { type Front, KINDS } from './echo-front.ts';
import { HAS_PROC, listTree } from './process-tree.ts';
import { ROOT } from './support.ts';

/** Asserts that no secret is in anything that was written, and that files of these names were among it. */
function expectNothingFound({ search, files, run }: Searched, ...names: RegExp[]): void {
  const { hits, ...counted } = search;
  const seen = hits.map(({ secret, form, where, around }) => `${secret} (${form}) in ${where}: ${around}`);
  expect(seen.slice(0, 20), `${seen.length} hits in ${JSON.stringify(counted)}`).toEqual([]);
  for (const name of names) expect(files.filter((file) => name.test(file)).length, `${name} ${run.output}`).not.toBe(0);
}

/** Does something to the run once so many requests went through. */
function onceSent(count: number, act: (child: ChildProcess) => void) {
  return (child: ChildProcess, front: Front) => {
    const timer = setInterval(() => {
      if (front.passed.length < count) return;
      clearInterval(timer);
      act(child);
    }, 20);
    child.on('exit', () => clearInterval(timer));
  };
}

const REPORTS = [
  /^report\/index\.html$/,
  /^report\/report\.json$/,
  /^out\/junit\.xml$/,
  /^out\/report\.json$/,
  /^out\/html\/index\.html$/,
  /^out\/blob\/.*\.zip$/,
];

/** Errors of every kind on operations that take a password, and a fault that a secret header asks for. */
const CELLS = ['--grep', '(POST|GET) /postgres_databases(/.id_or_name.)? (401|404|422|500)'];

describe('a run whose server tells all it knows in every form, stalls, breaks off and talks nonsense, and whose worker is killed', () => {
  let searched: Searched;

  beforeAll(async () => {
    const killWorker = (child: ChildProcess) => {
      const worker = HAS_PROC && listTree(child.pid ?? 0).find(({ command }) => command.includes('workerProcess'));
      if (worker) process.kill(worker.pid, 'SIGKILL');
    };
    searched = await runAndSearch({ args: CELLS, during: onceSent(150, killWorker) });
    const { hits, ...counted } = searched.search;
    console.info({ ...counted, hits: hits.length, ms: searched.run.ms });
  }, 300_000);

  test('writes no secret into any report, archive, trace, run directory or output', () => {
    expectNothingFound(searched, ...REPORTS, /^results\/.*trace\.zip$/, /^ecc-.*\/cell-\d+\.json$/);
    expect(searched.run.report?.verdict).toBe('non-conformant');
  });

  test('was told each of them, and sent each of them that is for the server', () => {
    const report = JSON.stringify(searched.run.report);
    const ours = ['token', 'adminToken', 'proxyPassword', 'headerXTenant', 'passphrase', 'set-cookie'];
    const ofProfile = ['secretPassword', 'secretDatabasePassword', 'secretFaultKey', 'secretXFaultKey'];
    for (const name of [...ours, ...ofProfile]) expect(report).toContain(`«redacted:${name}»`);
    for (const name of ['token', 'headerXTenant', ...ofProfile]) expect(report).toContain(`{{${name}}}`);
  });

  test('was told them in every kind of error, and lost its worker', () => {
    expect([...searched.told].sort()).toEqual([...KINDS].sort());
    if (HAS_PROC) expect(searched.run.output).toMatch(/worker process exited unexpectedly/);
  });

  test('has no token among the arguments of a process', ({ skip }) => {
    skip(!HAS_PROC, 'this system does not show the arguments of processes as files');
    expect(searched.commands.filter((command) => command.includes('cli.js test')).length).toBeGreaterThan(0);
    expect(searched.commands.filter((command) => command.includes('workerProcess')).length).toBeGreaterThan(0);
    expect(searched.search.hits.filter(({ where }) => where === 'arguments')).toEqual([]);
  });
});

// One by one: while one is being searched, the server of another would not answer in time.
describe('no secret is in what is written by a run', () => {
  test('that ends before it begins, since the target refuses the token and says why at length', async () => {
    const searched = await runAndSearch({ talk: { refuse: true } });
    expect(searched.run.output).toContain('The token is not accepted');
    expectNothingFound(searched, ...REPORTS);
  });

  test.each([
    [
      'refuses it with its password',
      (given: string) => `HTTP/1.1 407 ${given} ${decode(given)}\r\nX: ${given}\r\n\r\n${given}`,
    ],
    ['says its password and no HTTP', decode],
  ])('whose proxy %s', async (_, gate) => {
    const searched = await runAndSearch({ gate });
    expect(searched.run.output).toMatch(
      /cannot be reached: the proxy (?:answered 407|closed the connection|answered no HTTP);/,
    );
    expectNothingFound(searched, ...REPORTS);
  });

  test('whose passphrase does not open the key', async () => {
    const { key, certFile } = makeSelfSigned();
    const keyFile = join(certFile, '..', 'locked.key');
    const lock = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'another' } as const;
    writeFileSync(keyFile, createPrivateKey(key).export(lock));
    const files = { CONFORMANCE_CLIENT_CERT_FILE: certFile, CONFORMANCE_CLIENT_KEY_FILE: keyFile };
    const searched = await runAndSearch({ env: () => ({ ...files, API_URL: 'https://api.test/api' }) });
    expect(searched.run.output).toMatch(/cannot be reached: .*decrypt/);
    expectNothingFound(searched, ...REPORTS);
  });

  test('that is interrupted', async () => {
    const searched = await runAndSearch({ args: CELLS, during: onceSent(100, (child) => child.kill('SIGINT')) });
    expect(searched.run.report?.errors).toContain('the run was interrupted');
    expectNothingFound(searched, ...REPORTS);
  });

  test.each<[string, (secrets: Secrets) => Record<string, string>]>([
    ['a token with a blank', ({ token }) => ({ API_TOKEN: `my ${token}` })],
    ['a password in the URL', ({ password }) => ({ API_URL: `http://jo:${encodeURIComponent(password)}@api.test` })],
    ['headers that are no JSON', ({ header }) => ({ CONFORMANCE_HEADERS: `{"X-Tenant": "${header}` })],
    [
      'a proxy with a bad escape',
      ({ token }) => ({ HTTP_PROXY: `http://jo:%zz${token.replace('/', '')}@127.0.0.1:1` }),
    ],
  ])('with a wrong setting: %s', async (_, env) => {
    const searched = await runAndSearch({ env });
    expect(searched.run.code).toBe(1);
    expect(searched.run.output.trim().split('\n')).toHaveLength(1);
    expectNothingFound(searched);
  });
});

function decode(given: string): string {
  return Buffer.from(given, 'base64').toString();
}

test('files with settings are kept out of the repository, and their example is not', () => {
  const isIgnored = (file: string) => {
    try {
      execFileSync('git', ['check-ignore', '--no-index', '--quiet', file], { cwd: ROOT });
      return true;
    } catch {
      return false;
    }
  };
  for (const file of ['.env', '.env.staging', '.env.local']) expect(isIgnored(file), file).toBe(true);
  for (const folder of ['conformance-report', 'test-results', 'playwright-report', 'blob-report'])
    expect(isIgnored(join(folder, 'index.html')), folder).toBe(true);
  expect(isIgnored('.env.example')).toBe(false);
});
