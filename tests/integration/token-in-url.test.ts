import { expect, test } from 'vitest';
import { withProxy } from '../runner/proxy.ts';
import { withReference } from '../runner/support.ts';
import { against, runPlaywright, type SuiteRun } from './support.ts';

const FEW = ['--grep', 'GET /destinations/http_endpoints 401'];

/** Runs a cell of 401 against a server, and tells how many of the URLs that the server saw hold the token. */
function run(setting: string): Promise<{ run: SuiteRun; inUrl: number }> {
  return withReference({}, (reference) =>
    withProxy(reference, {}, async (proxy) => {
      const env = { ...against(proxy), CONFORMANCE_TOKEN_IN_URL: setting };
      const done = await runPlaywright(FEW, { env });
      expect(proxy.passed.length).toBeGreaterThan(10);
      return { run: done, inUrl: proxy.passed.filter(({ target }) => target.includes(reference.token)).length };
    }),
  );
}

function caseOf({ report }: SuiteRun) {
  const cell = report?.cells.find(({ operation, status }) => operation === 'listHttpEndpoints' && status === 401);
  expect(cell?.outcome).toBe('pass');
  return cell?.cases.find(({ id }) => id === 'token-in-query');
}

test.each(['', '0'])(
  'with API_URL and CONFORMANCE_TOKEN_IN_URL=%s no URL holds the token, and the report says why',
  async (setting) => {
    const { run: done, inUrl } = await run(setting);
    expect(done.code, done.output).toBe(0);
    expect(inUrl).toBe(0);
    expect(caseOf(done)).toMatchObject({
      outcome: 'untestable',
      reason: 'needs the token in a URL, where logs keep it, which is not allowed (CONFORMANCE_TOKEN_IN_URL)',
    });
    expect(done.files['index.html']).toContain('which is not allowed (CONFORMANCE_TOKEN_IN_URL)');
  },
);

test('with CONFORMANCE_TOKEN_IN_URL=1 it is sent there', async () => {
  const { run: done, inUrl } = await run('1');
  // Once: nobody has said that wrong credentials lock nobody out here.
  expect(inUrl).toBe(1);
  expect(caseOf(done)).toMatchObject({ outcome: 'pass', actual: 401 });
});

test('the embedded API gets it there, and none when told', async () => {
  expect(caseOf(await runPlaywright(FEW))).toMatchObject({ outcome: 'pass', actual: 401 });
  const off = await runPlaywright(FEW, { env: { CONFORMANCE_TOKEN_IN_URL: '0' } });
  expect(caseOf(off)).toMatchObject({ outcome: 'untestable' });
});
