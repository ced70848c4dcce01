import { expect, test } from 'vitest';
import { startReference } from '../../reference/server.ts';
import type { Report } from '../../report/report.ts';
import { expectSoundReport } from '../runner/support.ts';
import { NGINX, withNginx } from '../support/nginx.ts';
import { withProfile } from '../support/profile.ts';
import { TOXIPROXIES, withToxiproxy } from '../support/toxiproxy.ts';
import { runPlaywright, type SuiteRun } from './support.ts';

/** How answers of nginx itself are told: the reference says neither. */
const SIGNS = [
  { headers: { Server: 'nginx', 'Content-Type': 'text/html' }, body: '<center>nginx' },
  { statuses: [502] },
];

const kind = TOXIPROXIES.at(-1) ?? '';

/**
 * Runs the suite on a reference behind nginx. Toxiproxy stands between the two, so that nginx finds its upstream gone or silent.
 * Of the limits only nginx's own can be met.
 */
async function runBehindNginx(grep: string, gateway: object[]): Promise<SuiteRun> {
  const reference = await startReference({ rateLimit: { capacity: 1e9, perSecond: 1e9 } });
  const { hostname: host, port } = new URL(reference.url);
  try {
    return await withToxiproxy(kind, async ({ url, addProxy }) => {
      const upstream = await addProxy('api', { host, port: Number(port) });
      const limit = { burst: 1500, perSecond: 20 };
      const options = { upstream: `${upstream.host}:${upstream.port}`, limit, readTimeout: 2, maxBody: 4096 };
      const silent = { toxic: { type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } } };
      const on = (title: string, fault: object, status: number) => ({
        status,
        operations: 'all',
        title,
        provenance: 'gateway',
        toxiproxy: { url, proxy: 'api', ...fault },
      });
      const switches = [on('the API is silent', silent, 504), on('the API is gone', { cut: true }, 504)];
      return await withNginx(options, (origin) =>
        withProfile({ switches, gateway, rateLimit: { maxRequests: 4000, maxWaitMs: 2000 } }, (profile) =>
          runPlaywright(['--grep', grep], {
            env: {
              API_URL: `${origin}/api`,
              API_TOKEN: reference.token,
              API_ADMIN_TOKEN: reference.adminToken,
              CONFORMANCE_ALLOW: 'all',
              CONFORMANCE_TARGET: profile,
            },
          }),
        ),
      );
    });
  } finally {
    await reference.close();
  }
}

const answeredBy = (report: Report, status: number) =>
  report.cells.flatMap((cell) => cell.cases).filter(({ actual }) => actual === status);

test.skipIf(NGINX === undefined)(
  `nginx in front answers in its own name (with ${kind} of Toxiproxy behind it)`,
  async () => {
    const { report, output, files } = await runBehindNginx('@http_endpoints', SIGNS);
    expect(report, output).toBeDefined();
    if (!report) return;
    expectSoundReport(report);
    for (const status of [413, 429, 502, 504]) {
      const cases = answeredBy(report, status);
      expect(cases.length, `${status}`).toBeGreaterThan(0);
      for (const each of cases) expect(each, each.id).toMatchObject({ provenance: 'gateway', outcome: 'fail' });
    }
    for (const finding of report.findings) expect(finding, finding.message).toMatchObject({ provenance: 'gateway' });
    expect(report.findings.length).toBeGreaterThan(0);
    for (const status of [429, 504])
      expect(report.statuses[status]).toMatchObject({ provoked: 0, simulated: 5, failing: 0 });
    for (const score of Object.values(report.scores)) expect(score.held).toBe(score.judged);
    expect(report.clauses.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(report.errors).toEqual([]);
    expect(report.verdict).toBe('incomplete');
    expect(files['index.html']).toContain('gateway: a proxy in front');
  },
);

test.skipIf(NGINX === undefined)('without its signs the API would be blamed for what nginx answers', async () => {
  const { report } = await runBehindNginx('(?=.*@422)(?=.*@http_endpoints)', []);
  expect(report?.verdict).toBe('non-conformant');
  expect(report?.findings.filter(({ provenance }) => provenance === 'organic').length).toBeGreaterThan(0);
});

if (NGINX === undefined) test.skip('nginx is not installed here (Debian: nginx-light)', () => {});
