import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ITEMS } from './items/contract.ts';
import { type Fault, startItems } from './items/server.ts';
import { withProjectCopy } from './project-copy.ts';
import { cleanEnv, ROOT, runPlaywright, type SuiteRun } from './support.ts';

/** Rooms whose tests are tried without what comes with the suite. */
const ROOMS = ['documents', 'model', 'schemas', 'plan', 'provocations', 'judge', 'report', 'support'];

/** What a test is about that reads the contract which comes with the suite, or runs its reference. */
const OWN_DATA =
  /loadContract\(\)|readContract\(\)|OWN_CONTRACT|copy-contract|fixtures\/|clauses\.yaml'|\/(?:reference|selfcheck|bench)\//;

/** The files that a file is made of, itself among them. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen.add(file);
  seen.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g))
    reach(join(dirname(file), path), seen);
  return seen;
}

/** Takes the tests of a copy away that need something which is no longer there, and what only they need. */
function dropTests(root: string): void {
  const files = readdirSync(join(root, 'tests'), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name.endsWith('.ts'))
    .map((each) => join(each.parentPath, each.name));
  const needsMore = (file: string) =>
    [...reach(file)].some(
      (each) =>
        !existsSync(each) || (each.startsWith(join(root, 'tests')) && OWN_DATA.test(readFileSync(each, 'utf8'))),
    );
  for (const file of files.filter(needsMore)) rmSync(file);
}

/** A run on the API of items, by its contract, with all that it may do to its own objects. */
async function runOn(root: string, fault: Fault = 'none', ...args: string[]): Promise<SuiteRun & { left: string[] }> {
  const contract = mkdtempSync(join(tmpdir(), 'ecc-items-'));
  writeFileSync(join(contract, 'openapi.yaml'), JSON.stringify(ITEMS));
  const items = await startItems(fault);
  try {
    const env = {
      API_URL: items.url,
      API_TOKEN: items.token,
      CONFORMANCE_CONTRACT: contract,
      CONFORMANCE_ALLOW: 'read,reject,write,load',
      CONFORMANCE_TOKEN_IN_URL: '1',
    };
    const run = await runPlaywright(['--workers', '1', ...args], { root, env });
    return { ...run, left: items.left().map(({ name }) => name) };
  } finally {
    items.close();
    rmSync(contract, { recursive: true });
  }
}

/** A command in a directory: its output where it fails. */
function tryIn(root: string, ...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env: cleanEnv() }, (error, stdout, stderr) =>
      resolve(error ? stdout + stderr : ''),
    );
  });
}

describe('another API, by its own document', () => {
  let run: Awaited<ReturnType<typeof runOn>>;
  beforeAll(async () => {
    run = await runOn(ROOT);
  }, 120_000);

  test('is right where it keeps it', () => {
    expect(run.report?.findings.filter(({ set }) => set !== 'hygiene')).toEqual([]);
    expect(run.report?.errors).toEqual([]);
    expect(run.code, run.output).toBe(0);
    expect(run.report?.contract.title).toBe('Items');
  });

  test('is made to answer with every status that requests bring about', () => {
    const provoked = Object.entries(run.report?.statuses ?? {}).filter(([, record]) => record.provoked > 0);
    expect(provoked.map(([status]) => status)).toEqual(['400', '401', '404', '405', '409', '413', '415', '422']);
  });

  test('is left as it was', () => {
    expect(run.left).toEqual(['first']);
  });

  test.each<[Fault, string, string, number]>([
    ['labelled as JSON', 'error-media-type-documented', 'contract', 1],
    // Which its document does not speak of: it is told, and decides nothing.
    ['takes a key in the query', 'url-credential-refused', 'hygiene', 0],
  ])('is found out where it breaks it: %s', async (fault, check, of, exit) => {
    const { code, report } = await runOn(ROOT, fault, '--grep', 'GET /items/');
    expect(code).toBe(exit);
    const broken = report?.findings.filter(({ set }) => set === of).map((finding) => finding.check);
    expect([...new Set(broken)]).toEqual(expect.arrayContaining([check]));
  });
});

describe('without anything of the contract, the targets and the reference that come with it', () => {
  let root: string;
  let done: () => void = () => {};
  let copy: Promise<void>;
  beforeAll(async () => {
    await new Promise<void>((ready) => {
      copy = withProjectCopy(async (directory) => {
        root = directory;
        rmSync(join(root, 'reference'), { recursive: true, force: true });
        for (const file of ['openapi.yaml', 'clauses.yaml']) rmSync(join(root, 'schemas', file));
        for (const file of readdirSync(join(root, 'schemas')).filter((each) => each.endsWith('.json')))
          rmSync(join(root, 'schemas', file));
        for (const file of ['sequin.yaml', 'reference.yaml']) rmSync(join(root, 'targets', file));
        for (const part of ROOMS) cpSync(join(ROOT, 'tests', part), join(root, 'tests', part), { recursive: true });
        dropTests(root);
        cpSync(join(ROOT, 'vitest.config.ts'), join(root, 'vitest.config.ts'));
        await new Promise<void>((end) => {
          done = end;
          ready();
        });
      });
    });
  });
  afterAll(async () => {
    done();
    await copy;
  });

  test('the types hold', async () => {
    expect(await tryIn(root, 'node_modules/typescript/bin/tsc', '-p', '.')).toBe('');
  });

  test('the unit tests that are not about their data pass', async () => {
    expect(await tryIn(root, 'node_modules/vitest/vitest.mjs', 'run', '--project', 'unit')).toBe('');
  });

  test('a run on another API goes through', async () => {
    const { code, report, output } = await runOn(root);
    expect(code, output).toBe(0);
    expect(report?.findings.filter(({ set }) => set !== 'hygiene')).toEqual([]);
  });
});
