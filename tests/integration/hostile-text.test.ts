import { expect, test } from 'vitest';
import type { Alteration } from '../../reference/alteration.ts';
import { withReference } from '../runner/support.ts';
import { against, runPlaywright } from './support.ts';

const EVIL = [
  '\n::error file=x::pwned',
  '\n::stop-commands::x',
  '\r##vso[task.complete]',
  '\u001b[2Jgone',
  '\u202egnp',
];
const BODY = JSON.stringify({ summary: 1, ...Object.fromEntries(EVIL.map((each) => [each, each])) });

const alteration: Alteration = {
  answer: (answer, { method }) =>
    answer.status === 404 && method !== 'HEAD'
      ? { ...answer, headers: [['Content-Type', 'application/json']], body: BODY }
      : answer,
};

test('what a server writes means nothing to a terminal or a CI system, whichever of Playwright’s reporters prints it', async () => {
  await withReference({ alteration }, async (reference) => {
    const reporters = '--reporter=list,line,dot,github,./reporters/conformance-reporter.ts';
    const { code, output } = await runPlaywright(['--grep', 'GET .*404', reporters], { env: against(reference) });
    expect(code, output).toBe(1);
    expect(output).toContain('fields-404');
    expect(output).not.toMatch(/^\s*::(?:stop-commands|error file=x)/m);
    expect(output).not.toContain('##vso[');
    expect(output).not.toContain('\u001b[2J');
    expect(output).not.toContain('\u202e');
    expect(output).not.toMatch(/\r(?!\n)/);
  });
});
