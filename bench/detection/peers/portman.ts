import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './directory.ts';
import { execute } from './execute.ts';
import type { Peer } from './peer.ts';

type Run = {
  run: { failures: { source?: { name: string }; parent?: { name: string }; error: { test?: string; name: string } }[] };
};

const CONFIG = fileURLToPath(new URL('portman.json', import.meta.url));

/** Contract tests for every operation and variation tests for 400, 401, 404 and 422, run by Newman. */
export const portman: Peer = {
  name: 'Portman and Newman',
  async version() {
    const [one, other] = await Promise.all([
      execute(npm('portman'), ['--version'], '.'),
      execute(npm('newman'), ['--version'], '.'),
    ]);
    return `${one.trim()}, ${other.trim()}`;
  },
  command:
    'portman -l openapi.json -b URL -c portman.json -o collection.json --bundleContractTests false; newman run collection.json --env-var bearerToken=TOKEN -r json',
  async run({ url, token, documentFile, directory }) {
    const collection = join(directory, 'collection.json');
    const report = join(directory, 'report.json');
    await execute(npm('portman'), ['-l', documentFile, '-b', url, '-c', CONFIG, '-o', collection], directory);
    const args = ['run', collection, '--global-var', `bearerToken=${token}`, '--timeout-request', '10000'];
    await execute(npm('newman'), [...args, '-r', 'json', '--reporter-json-export', report], directory);
    const { run } = JSON.parse(readFileSync(report, 'utf8')) as Run;
    return [...new Set(run.failures.map(({ source, error }) => `${error.test ?? error.name} ${source?.name ?? ''}`))];
  },
};
