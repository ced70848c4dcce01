import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { newRunId } from '../../runner/run-id.ts';
import { leaveObjects, sessionOn } from '../runner/left-objects.ts';
import { listEverything, withReference } from '../runner/support.ts';
import { against, ROOT } from './support.ts';

/** Runs `npm run sweep` as npm does, with no settings but these. */
async function sweep(words: string[], env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:API|CONFORMANCE)_/.test(name));
  const child = spawn(process.execPath, ['--import', 'tsx', 'suites/sweep-main.ts', ...words], {
    cwd: ROOT,
    env: { ...Object.fromEntries(own), ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output };
}

describe('npm run sweep', () => {
  test('lists what runs have left, and with --yes removes it', async () => {
    await withReference({}, async (reference) => {
      const before = await listEverything(reference);
      await leaveObjects(sessionOn(reference), newRunId(), false);
      const full = await listEverything(reference);
      const listed = await sweep([], against(reference));
      expect(listed).toMatchObject({
        code: 0,
        output: expect.stringMatching(/ of 1 run to remove: npm run sweep -- --yes\n$/),
      });
      expect(listed.output).not.toContain(reference.token);
      expect(await listEverything(reference)).toEqual(full);
      const env = { ...against(reference), CONFORMANCE_ALLOW: 'read,reject,write' };
      expect(await sweep(['--yes'], env)).toMatchObject({
        code: 0,
        output: expect.stringMatching(/ to remove, 0 left\.\n$/),
      });
      expect(await listEverything(reference)).toEqual(before);
    });
  });

  test.each([
    ['without an API', [], {}, 'API_URL is not set'],
    ['with a word that it does not know', ['--all'], {}, '"--all" is no way to sweep'],
    [
      'that may not write',
      ['--yes'],
      { API_URL: 'http://127.0.0.1:9', API_TOKEN: 'a-token-of-mine' },
      'CONFORMANCE_ALLOW does not have "write"',
    ],
    [
      'on a host that is taken for production',
      ['--yes'],
      {
        API_URL: 'https://api.example.com',
        API_TOKEN: 'a-token-of-mine',
        CONFORMANCE_PROTECTED_HOSTS: 'api.example.com',
        CONFORMANCE_ALLOW: 'all',
      },
      'api.example.com is taken for production',
    ],
  ] as const)('%s removes nothing, and says why in one sentence', async (_, words, env, sentence) => {
    const { code, output } = await sweep([...words], env);
    expect(code).toBe(1);
    expect(output).toContain(sentence);
    expect(output.trim().split('\n').length).toBe(1);
  });
});
