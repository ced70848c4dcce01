import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS } from '../../reference/mutants/catalogue.ts';
import type { Reference } from '../../reference/server.ts';
import { withReference } from '../runner/support.ts';
import { makeDirectory } from '../support/make-directory.ts';
import { against, ROOT, runPlaywright } from './support.ts';

/** Every 404 answers `null`: `fields-404`, a MUST, and nothing else. */
const alteration = MUTANTS.find(({ id }) => id === 'body-null') ?? {};
const FAR = '2999-12-31';

function waiversFile(...entries: string[]): string {
  const directory = makeDirectory();
  const file = join(directory, 'waivers.yaml');
  const whose = '    reason: The proxy is replaced.\n    owner: platform\n    issue: API-7';
  writeFileSync(file, `waivers:\n${entries.map((entry) => `  - ${entry}\n${whose}\n`).join('')}`);
  return file;
}

/** A run of the cells of 404 on one group of operations; with `write`, nothing that could show a finding is left out. */
function run(reference: Reference, file: string, more: Record<string, string> = {}) {
  const settings = { CONFORMANCE_TARGET: 'reference', CONFORMANCE_ALLOW: 'read,reject,write' };
  return runPlaywright(['--grep', '(?=.*@404)(?=.*@http_endpoints)'], {
    env: { ...against(reference), ...settings, CONFORMANCE_WAIVERS: file, ...more },
  });
}

test('a waived finding is shown and decides nothing, and one that is not waived is red', async () => {
  await withReference({ alteration }, async (reference) => {
    const all = await run(reference, waiversFile(`check: fields-404\n    expires: ${FAR}`));
    expect([all.code, all.report?.verdict], all.output).toEqual([0, 'incomplete']);
    expect(all.report?.waivers).toMatchObject([{ state: 'active', lines: [2, 6] }]);
    expect(all.report?.findings.length).toBeGreaterThan(3);
    expect(all.report?.findings.every(({ waived }) => waived === 0)).toBe(true);
    expect(all.report?.cells.some(({ outcome }) => outcome === 'fail' || outcome === 'pass')).toBe(false);
    expect(all.report?.reasons.join()).toMatch(/\d+ findings are waived/);
    expect(all.report?.scores.contract.held).toBeLessThan(all.report?.scores.contract.judged ?? 0);
    expect(all.output).toMatch(/Waivers \d+ findings waived by 1 of 1 waiver/);
    expect(all.output).toMatch(/MUST contract fields-404 .*, waived/);
    expect(all.output).not.toContain('platform, API-7');
    expect(all.files['index.html']).toContain('The proxy is replaced.');
    expect(all.files['index.html']).toContain('href="#waiver-1">waived</a>');
    const one = await run(
      reference,
      waiversFile(`check: fields-404\n    operation: getHttpEndpoint\n    expires: ${FAR}`),
    );
    expect([one.code, one.report?.verdict]).toEqual([1, 'non-conformant']);
    const outcomes = one.report?.cells.filter(({ status, outcome }) => status === 404 && /fail|warn/.test(outcome));
    expect(outcomes?.filter(({ outcome }) => outcome === 'warn').map(({ operation }) => operation)).toEqual([
      'getHttpEndpoint',
    ]);
    expect(outcomes?.length).toBeGreaterThan(2);
  });
});

test('a waiver that is over is red, names its line, and lets nothing be', async () => {
  await withReference({ alteration }, async (reference) => {
    const file = waiversFile(
      `check: no-html\n    status: 500\n    expires: ${FAR}`,
      'check: fields-404\n    expires: 2020-01-31',
    );
    const { code, output, report } = await run(reference, file);
    expect([code, report?.verdict, report?.waivers?.map(({ state }) => state)], output).toEqual([
      1,
      'non-conformant',
      ['unproven', 'expired'],
    ]);
    const sentence = `${file}:8: the waiver of "fields-404" expired on 2020-01-31; delete lines 8 to 12`;
    expect(report?.errors).toEqual([sentence]);
    expect(output).toContain(`  ${sentence}\n`);
  });
});

test('a waiver of what no longer occurs is red, unless its cells were not provoked in full', async () => {
  await withReference({}, async (reference) => {
    const gone = `check: fields-404\n    operation: [getHttpEndpoint, deleteHttpEndpoint]\n    status: 404\n    expires: ${FAR}`;
    const elsewhere = `check: fields-404\n    operation: getSink\n    expires: ${FAR}`;
    const file = waiversFile(elsewhere, gone);
    const { code, output, report } = await run(reference, file);
    expect([code, report?.verdict], output).toEqual([1, 'error']);
    expect(report?.waivers?.map(({ state }) => state)).toEqual(['unproven', 'gone']);
    expect(report?.errors).toEqual([
      `${file}:8: the waiver of "fields-404" waives what no longer occurs in any of its 2 cells; delete lines 8 to 14`,
    ]);
    const reading = await run(reference, file, { CONFORMANCE_ALLOW: 'read,reject' });
    expect([reading.code, reading.report?.errors], reading.output).toEqual([0, []]);
    expect(reading.report?.waivers?.map(({ state }) => state)).toEqual(['unproven', 'unproven']);
  });
});

test('a file that is wrong ends the run at once, in one sentence', async () => {
  const file = waiversFile('check: fields-404');
  const { code, output } = await runPlaywright([], { env: { CONFORMANCE_WAIVERS: file } });
  // Told from where the suite was started, where that is shorter.
  const shown = [file, relative(ROOT, file)].sort((a, b) => a.length - b.length)[0];
  expect([code, output.trim()]).toEqual([1, `${shown}:2: waivers[0].expires: expected a value, found nothing`]);
});
