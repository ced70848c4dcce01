import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadEnvironment } from '../../config/load-environment.ts';
import { makeDirectory } from '../support/make-directory.ts';

test.each([
  ['.env', undefined],
  ['.env.staging', 'staging'],
])('%s is refused where it is larger than settings are', (file, name) => {
  const directory = makeDirectory();
  writeFileSync(join(directory, file), `A_SETTING=${'x'.repeat(1024 * 1024)}`);
  vi.spyOn(process, 'cwd').mockReturnValue(directory);
  vi.stubEnv('CONFORMANCE_ENV', name);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  expect(() => loadEnvironment()).toThrow(`${file} has more than 1 MB; expected a file like .env.example.`);
});
