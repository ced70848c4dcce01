import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { python } from './directory.ts';
import { execute } from './execute.ts';
import type { Peer } from './peer.ts';

type Report = { failures: { code: string; operations: string[] }[]; errors: unknown[] };

/** Property-based tests from the document, with all phases, all checks and the default number of examples. */
export const schemathesis: Peer = {
  name: 'Schemathesis',
  version: async () => (await execute(python('st'), ['--version'], '.')).match(/[\d.]+/)?.[0] ?? 'unknown',
  command:
    'st run openapi.json --url URL -H "Authorization: Bearer TOKEN" --checks all --continue-on-failure --seed SEED --report json',
  async run({ url, token, documentFile, directory }, seed) {
    const file = join(directory, 'report.json');
    const authorization = `Authorization: Bearer ${token}`;
    // Else it leaves an operation at its first failure, and a name that is taken is one on the plain reference already.
    const how = ['--checks', 'all', '--continue-on-failure', '--seed', String(seed)];
    const args = ['run', documentFile, '--url', url, '-H', authorization, ...how];
    await execute(python('st'), [...args, '--report', 'json', '--report-json-path', file], directory);
    const { failures, errors } = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const failed = failures.flatMap(({ code, operations }) => operations.map((operation) => `${code} ${operation}`));
    return errors.length > 0 ? [...failed, 'error'] : failed;
  },
};
