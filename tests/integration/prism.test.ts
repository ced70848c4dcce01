import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { expectSoundReport } from '../runner/support.ts';
import { cleanEnv, end, ROOT, runPlaywright, type SuiteRun, waitFor } from './support.ts';

/** A port that was free a moment ago; Prism takes no 0. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Runs a part of the suite against a Prism of its own. */
async function runOnPrism(grep: string): Promise<SuiteRun> {
  const port = await freePort();
  const child = spawn('node_modules/.bin/prism', ['mock', 'schemas/openapi.yaml', '-p', String(port)], {
    cwd: ROOT,
    env: cleanEnv(),
  });
  try {
    await waitFor(child, /Prism is listening/);
    const env = { API_URL: `http://127.0.0.1:${port}`, API_TOKEN: 'anything-long' };
    return await runPlaywright(['--grep', grep], {
      env: { ...env, CONFORMANCE_FAULTS: 'prism', CONFORMANCE_ALLOW: 'all' },
    });
  } finally {
    await end(child);
  }
}

describe.concurrent('a mock made from the OpenAPI description (Prism)', () => {
  test('shows the shape of errors, and nothing of it counts as the API itself', async () => {
    const { report, code, output } = await runOnPrism('(?=.*@(429|5..))(?=.*@http_endpoints)');
    expect(report, output).toBeDefined();
    if (!report) return;
    expectSoundReport(report);
    const cells = report.cells.filter((cell) => cell.cases.length > 0);
    expect(cells).toHaveLength(20);
    for (const cell of cells) {
      // A mock has every object, so that what would change one that may be somebody's is not sent.
      expect(cell.outcome, cell.reason).toBe('untestable');
      for (const { provenance } of [cell, ...cell.cases]) expect(provenance).not.toBe('organic');
    }
    for (const finding of report.findings) expect(finding.provenance).toBe('simulated');
    expect(Object.values(report.statuses).map((status) => status.provoked)).toEqual(Array(9).fill(0));
    expect(cells.flatMap((cell) => cell.cases).filter((each) => each.outcome === 'fail')).toEqual([]);
    expect(report.verdict).not.toBe('conformant');
    expect(report.verdict).not.toBe('non-conformant');
    expect(code).toBe(report.verdict === 'incomplete' ? 0 : 1);
  });

  test('dies of a malformed path: the run ends all the same, and blames the connection', async () => {
    const { report, code, output } = await runOnPrism('(?=.*@400)(?=.*@http_endpoints)');
    expect(code, output).toBe(1);
    expect(report?.verdict).toBe('error');
    expect(report?.cells.filter((cell) => cell.outcome === 'pass')).toEqual([]);
    expect(report?.findings.filter((finding) => finding.provenance === 'organic')).toEqual([]);
    const reasons = report?.cells.flatMap((cell) => (cell.outcome === 'error' ? [cell.reason] : []));
    expect(reasons).toContainEqual(expect.stringMatching(/ECONNREFUSED|ECONNRESET/));
  });
});
