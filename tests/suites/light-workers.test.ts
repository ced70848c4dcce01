import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** All that a file imports at once, directly or not; what it imports when it is needed is left out. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/^import (?!type\b)[^;]*?from '([^']+)'/gms)) {
    const path = specifier.startsWith('.') ? resolve(dirname(file), specifier) : specifier;
    if (seen.has(path)) continue;
    seen.add(path);
    if (specifier.startsWith('.')) importsOf(path, seen);
  }
  return seen;
}

test.each([
  'playwright.config.ts',
  'suites/cells.spec.ts',
  'suites/faults.spec.ts',
  'suites/rate-limit.spec.ts',
  'suites/wrong-credentials.spec.ts',
])('%s brings little into a worker: no contract, no validator, no provocation', (file) => {
  const names = [...importsOf(`${ROOT}${file}`)].map((path) => path.replace(ROOT, ''));
  const own = names.filter((name) => name.endsWith('.ts'));
  expect(own.filter((name) => !/^suites\/|cell-carrier\.ts$/.test(name))).toEqual([]);
  expect(names.filter((name) => !name.endsWith('.ts') && !name.startsWith('node:'))).toEqual(['@playwright/test']);
});
