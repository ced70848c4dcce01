import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestSpec } from '../model/exchange.ts';
import type { Alteration } from '../reference/alteration.ts';
import { errorsAt, withBody } from '../reference/altering.ts';
import { startReference } from '../reference/server.ts';
import type { Report } from '../report/report.ts';
import type { Target } from '../runner/session.ts';
import { startEmbedded } from '../suites/start-embedded.ts';
import { runBareLoop } from './bare-loop.ts';
import { CONCURRENCY, CONTRACT, runInProcess } from './run-in-process.ts';
import { runPlaywright } from './run-playwright.ts';
import { findSlowest, scanOnce } from './text-speed.ts';

/** What is measured, in seconds or megabytes, with the processor time that it took, where the system tells; and what was run. */
export type Measured = { value: number; cpuSeconds?: number; cells?: number; exchanges?: number };

/** Something to measure: what it is in a few words, its unit, and whether once is enough, because it takes long. */
export type Measure = { title: string; unit: 's' | 'MB'; isSlow?: true; take(): Promise<Measured> };

/** Cells that something can be sent for: so many tests a run has. */
const CELLS = CONTRACT.operations.flatMap(({ notApplicable }) =>
  CONTRACT.statuses.filter((status) => notApplicable[status] === undefined),
).length;

/** As much as a run generates unless told. */
const QUICK = { level: 'quick', seed: 1, budget: 500 } as const;

/** What the slow target adds to each answer, in milliseconds. */
const LATENCY_MS = 100;

const slow: Alteration = { answer: (answer) => sleep(LATENCY_MS, answer) };
const broken: Alteration = errorsAt({}, (answer) => withBody(answer, { error: 'broken' }));

/** The requests of the plan as it was last run in this process: the bare loop sends the same, in an order that they can be answered in. */
let requests: RequestSpec[] = [];

/** Everything that is measured, by name, in the order in which it is. */
export const MEASURES: Record<string, Measure> = {
  embedded: { title: 'npx playwright test, embedded', unit: 's', take: runEmbedded },
  empty: { title: `Playwright, ${CELLS} empty tests`, unit: 's', take: () => runOwnTests('empty', 0) },
  inProcess: { title: 'the plan in one process, no bursts', unit: 's', take: takeInProcess },
  bare: { title: `bare loop, concurrency ${CONCURRENCY}`, unit: 's', take: takeBare },
  allFailing: { title: 'every cell fails', unit: 's', isSlow: true, take: runAllFailing },
  emptyFailing: {
    title: `Playwright, ${CELLS} failing tests`,
    unit: 's',
    isSlow: true,
    take: () => runOwnTests('failing', 1),
  },
  latency100: { title: `${LATENCY_MS} ms more for each answer`, unit: 's', isSlow: true, take: runSlowly },
  memory1000: { title: 'peak memory, some 1,000 exchanges', unit: 'MB', isSlow: true, take: () => takeMemory('few') },
  memory100000: {
    title: 'peak memory, some 100,000 exchanges',
    unit: 'MB',
    isSlow: true,
    take: () => takeMemory('many'),
  },
  hostileText: { title: 'the slowest megabyte to read', unit: 's', isSlow: true, take: takeHostileText },
  scan: { title: 'a look at each of its characters', unit: 's', take: async () => ({ value: scanOnce(SCANS) }) },
};

/** Once is too short to be measured. */
const SCANS = 100;

async function takeHostileText(): Promise<Measured> {
  return { value: findSlowest().seconds };
}

async function runEmbedded(): Promise<Measured> {
  return runSuite({}, 'conformant');
}

/** Playwright with tests that do nothing, or nothing but fail. */
async function runOwnTests(folder: 'empty' | 'failing', expectedCode: number): Promise<Measured> {
  const config = `bench/${folder}/playwright.config.ts`;
  const { seconds, code, ...rest } = await runPlaywright(['--config', config], { BENCH_TESTS: String(CELLS) });
  if (code !== expectedCode) throw new Error(`${config} ended with ${code}; expected ${expectedCode}.`);
  return { value: seconds, ...rest };
}

function runSlowly(): Promise<Measured> {
  return withAltered(slow, (env) => runSuite({ ...env, CONFORMANCE_CONCURRENCY: String(CONCURRENCY) }, 'conformant'));
}

async function runAllFailing(): Promise<Measured> {
  return withAltered(broken, (env) =>
    runSuite(env, 'non-conformant', ({ cells }) => {
      const failing = cells.filter(({ outcome }) => outcome === 'fail').length;
      if (failing !== CELLS) throw new Error(`${failing} cells fail; expected all ${CELLS}.`);
    }),
  );
}

/** A run of the suite, which must end in a verdict. */
async function runSuite(
  env: Record<string, string>,
  verdict: Report['verdict'],
  expectReport: (report: Report) => void = () => {},
): Promise<Measured> {
  const { seconds, report, ...rest } = await runPlaywright([], env);
  if (report?.verdict !== verdict)
    throw new Error(`The run is ${report?.verdict ?? 'without a report'}, not ${verdict}.`);
  expectReport(report);
  const cells = report.cells.filter(({ outcome }) => outcome !== 'not-applicable').length;
  return { value: seconds, ...rest, cells, exchanges: report.exchanges };
}

/** Serves an altered reference from this process, which has nothing else to do meanwhile. */
async function withAltered<Result>(
  alteration: Alteration,
  work: (env: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  const reference = await startReference({ alteration });
  try {
    return await work({
      API_URL: reference.url,
      API_TOKEN: reference.token,
      API_ADMIN_TOKEN: reference.adminToken,
      CONFORMANCE_TARGET: 'reference',
      CONFORMANCE_ALLOW: 'all',
      CONFORMANCE_TOKEN_IN_URL: '1',
    });
  } finally {
    await reference.close();
  }
}

async function takeInProcess(): Promise<Measured> {
  requests = [];
  return withStandalone([], (target) =>
    timeHere(() => runInProcess(target, { generation: QUICK }, (request) => requests.push(request))),
  );
}

async function takeBare(): Promise<Measured> {
  if (requests.length === 0) await takeInProcess();
  return withStandalone([], ({ url, token, adminToken = '' }) =>
    timeHere(() => runBareLoop(CONTRACT, requests, { url, secrets: { token, adminToken }, concurrency: CONCURRENCY })),
  );
}

async function timeHere(work: () => Promise<unknown>): Promise<Measured> {
  const [cpu, startedAt] = [process.cpuUsage(), performance.now()];
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { value: seconds, cpuSeconds: (user + system) / 1e6 };
}

/** Starts a reference in a process of its own, so that it takes no time from what is measured in this one. */
async function withStandalone<Result>(args: string[], work: (target: Target) => Promise<Result>): Promise<Result> {
  const { child, target } = startEmbedded(args);
  try {
    return await work(await target);
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    await gone;
  }
}

async function takeMemory(extent: 'few' | 'many'): Promise<Measured> {
  // So many requests that are carried out would meet the limit.
  return withStandalone(['--rate-limit', '1000000:1000000'], async (target) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'bench/peak-memory.ts', extent], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end(JSON.stringify(target));
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
    const { megabytes, exchanges } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      megabytes: number;
      exchanges: number;
    };
    return { value: megabytes, exchanges };
  });
}
