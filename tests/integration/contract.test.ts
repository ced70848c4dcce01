import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OWN_CONTRACT } from '../../schemas/read-contract.ts';
import { answerJson, withServer } from '../runner/answers.ts';
import { withReference } from '../runner/support.ts';
import { copyContract, edit } from '../support/copy-contract.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { against, command, runPlaywright } from './support.ts';

/** A copy of the suite's own contract with one part of a file replaced. */
function copyWith(name: string, from: string, to: string): string {
  const directory = copyContract();
  edit(join(directory, name), from, to);
  return directory;
}

describe('a misspelt contract is one sentence, and nothing is sent', () => {
  test.each([
    [
      'clauses.yaml',
      'level: MUST',
      'level: Must',
      /clauses\.yaml:6: clauses\[0\]\.level: expected one of MUST, .*"Must"$/,
    ],
    [
      'clauses.yaml',
      'id: meaning-404\n',
      'id: meaning-440\n',
      /clauses\.yaml:49: clauses\[5\]\.id: expected an id .*"meaning-440"$/,
    ],
    ['openapi.yaml', '    post:', '    psot:', /openapi\.yaml:91: paths\["\/sinks"\]\.psot: expected .*"psot"$/],
    ['404.json', '"object",', '"object"', /404\.json:7: expected JSON, found a mistake: .*$/],
  ])('%s with %j as %j', async (name, from, to, sentence) => {
    let requests = 0;
    const { code, output, files } = await withServer(
      (_, response) => {
        requests += 1;
        answerJson(response, {});
      },
      (target) => runPlaywright([], { env: { ...against(target), CONFORMANCE_CONTRACT: copyWith(name, from, to) } }),
    );
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringMatching(sentence)]);
    expect(files).toEqual({});
    expect(requests).toBe(0);
  });

  test('and so is one that the embedded API does not have', async () => {
    const { code, output } = await runPlaywright([], { env: { CONFORMANCE_CONTRACT: OWN_CONTRACT } });
    expect(code).toBe(1);
    expect(output.trim()).toMatch(/^CONFORMANCE_CONTRACT is set and API_URL is not; .*\.$/);
  });
});

test('another contract is what a run goes by, in shards and in their merge, too', async () => {
  const contract = copyWith('openapi.yaml', 'Sequin Management API', 'Another API');
  rmSync(join(contract, 'clauses.yaml'));
  const blobs = makeDirectory();
  const out = makeDirectory();
  await withReference({}, async (reference) => {
    for (const shard of [1, 2]) {
      const args = ['--grep', '@401', `--shard=${shard}/2`, '--reporter=blob'];
      const env = { ...against(reference), CONFORMANCE_CONTRACT: contract, CONFORMANCE_TARGET: 'reference' };
      const file = join(blobs, `report-${shard}.zip`);
      const run = await runPlaywright(args, { env: { ...env, PLAYWRIGHT_BLOB_OUTPUT_FILE: file } });
      expect(run.code, run.output).toBe(0);
    }
  });
  const merged = await command(['merge', blobs, out]);
  expect(merged.code, merged.output).toBe(0);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  expect(report.contract.title).toBe('Another API');
  expect(report.clauses.find(({ id }: { id: string }) => id === 'meaning-401').source).toEqual({
    title: 'Another API 2026-11',
    section: 'components.responses.Unauthorized.description',
  });
  expect(report.target.preflight).toEqual({ showed: 'GET /sinks answered 200' });
  expect(report.statuses['401'].outcome).toBe('pass');
});

test('a merge whose contract has been misspelt since says so in one sentence', async () => {
  const contract = copyWith('openapi.yaml', 'Sequin Management API', 'Another API');
  const blobs = makeDirectory();
  const env = { CONFORMANCE_CONTRACT: contract, PLAYWRIGHT_BLOB_OUTPUT_FILE: join(blobs, 'report-1.zip') };
  await withReference({}, (reference) =>
    runPlaywright(['--grep', 'GET /sinks .*401', '--reporter=blob'], { env: { ...against(reference), ...env } }),
  );
  writeFileSync(join(contract, 'clauses.yaml'), 'clauses: none');
  const { code, output } = await command(['merge', blobs, makeDirectory()]);
  expect(code).toBe(1);
  expect(output).toMatch(/^\S*clauses\.yaml:1: clauses: expected a list, found "none"$/m);
  expect(output).not.toContain('ContractError');
});
