import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { loadTarget } from '../config/target-profile.ts';
import type { RequestSpec } from '../model/exchange.ts';
import { DANGERS } from '../plan/case.ts';
import { withUnmatchedRoute } from '../provocations/unmatched-route.ts';
import type { Report } from '../report/report.ts';
import { runPlan } from '../runner/run.ts';
import { makePlan, openSession } from '../runner/session.ts';
import { loadContract } from '../schemas/load-contract.ts';
import { runBareLoop } from './bare-loop.ts';

/*
 * What a full embedded run costs, beside two things measured in the same minutes: Playwright running as many empty tests,
 * and a bare loop (node:http, a connection each, compiled ajv) sending the same requests to the same API.
 *
 *   npm run bench -- [rounds]
 */

const PLAYWRIGHT = ['node_modules/@playwright/test/cli.js', 'test'];
const CONCURRENCY = 8;
const rounds = Number(process.argv[2] ?? '3');

type Announcement = { url: string; token: string; adminToken: string };

async function startReference(): Promise<{ process: ChildProcess; told: Announcement }> {
  const child = spawn('node', ['--import', 'tsx', 'reference/main.ts', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { process: child, told: JSON.parse(line) as Announcement };
  }
  throw new Error('The reference API ended before it listened.');
}

function timeCommand(args: string[], env: Record<string, string>): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync('node', args, { env: { ...process.env, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

const contract = withUnmatchedRoute(loadContract());
const capabilities = { allow: [...DANGERS], tokenInUrl: true, admin: true, profile: loadTarget('reference') };
const plan = makePlan(contract, capabilities, ['contract']);
const { process: server, told } = await startReference();
const target = { url: told.url, secrets: { token: told.token, adminToken: told.adminToken }, concurrency: CONCURRENCY };

/** One run of the plan in this process, which also tells what was sent. Bursts are left out: a bare loop has no limit to reach. */
async function runInProcess(): Promise<{ ms: number; requests: RequestSpec[] }> {
  const requests: RequestSpec[] = [];
  const session = openSession(plan, told, { timeoutMs: 10_000, concurrency: CONCURRENCY });
  const { client } = session;
  const send: typeof client.send = (request, options) => {
    requests.push(request);
    return client.send(request, options);
  };
  const cells = session.cells.filter((cell) => cell.status !== 429);
  const startedAt = performance.now();
  await runPlan({ ...session, cells, client: { ...client, send } }, told.url, `bench${requests.length}`);
  return { ms: performance.now() - startedAt, requests };
}

const directory = mkdtempSync(join(tmpdir(), 'ecc-bench-'));
const times: Record<'full' | 'empty' | 'plan' | 'bare', number[]> = { full: [], empty: [], plan: [], bare: [] };
let cases = 0;
let exchanges = 0;
let tests = 0;
for (let round = 0; round < rounds; round++) {
  const env = { CONFORMANCE_REPORT_DIR: directory };
  times.full.push(timeCommand([...PLAYWRIGHT, '--output', join(directory, 'out')], env));
  const report = JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')) as Report;
  if (report.verdict !== 'conformant') throw new Error(`The embedded run is ${report.verdict}.`);
  tests = report.cells.filter((cell) => cell.outcome !== 'not-applicable').length;
  cases = report.cells.reduce((sum, cell) => sum + cell.counts.total, 0);
  exchanges = report.exchanges;
  const empty = [...PLAYWRIGHT, '--config', 'bench/empty/playwright.config.ts', '--output', join(directory, 'out')];
  times.empty.push(timeCommand(empty, { BENCH_TESTS: String(tests) }));
  const { ms, requests } = await runInProcess();
  times.plan.push(ms);
  // In the order of the plan, which the answers depend on: objects are made, used and removed.
  times.bare.push((await runBareLoop(contract, requests, target)).ms);
  if (round === 0) console.log(`bare loop sends ${requests.length} requests`);
}
server.kill();
rmSync(directory, { recursive: true, force: true });

const [full, empty, own, bare] = [times.full, times.empty, times.plan, times.bare].map(median) as [
  number,
  number,
  number,
  number,
];
console.log(`${tests} cells, ${cases} cases, ${exchanges} exchanges in the report; medians of ${rounds} rounds`);
console.log(`npx playwright test, embedded   ${seconds(full)}   ${(full / exchanges).toFixed(2)} ms per exchange`);
console.log(`Playwright, ${tests} empty tests    ${seconds(empty)}`);
console.log(
  `the difference                  ${seconds(full - empty)}   ${((full - empty) / bare).toFixed(1)} × the bare loop`,
);
console.log(
  `the plan in one process         ${seconds(own)}   ${(own / bare).toFixed(1)} × the bare loop (without the bursts)`,
);
console.log(`bare loop                       ${seconds(bare)}   at concurrency ${CONCURRENCY}`);
