import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseOutputDirectory } from '../../config/output-directory.ts';
import { makeDirectory } from '../support/make-directory.ts';

test('Playwright writes into the checkout, whatever lies there from the last time', () => {
  const root = makeDirectory();
  expect(chooseOutputDirectory(root)).toBe(join(root, 'test-results'));
  mkdirSync(join(root, 'test-results', 'of a test'), { recursive: true });
  writeFileSync(join(root, 'test-results', '.last-run.json'), '{}');
  expect(chooseOutputDirectory(root)).toBe(join(root, 'test-results'));
});

test('and elsewhere where there is no such place', () => {
  const other = chooseOutputDirectory(join(makeDirectory(), 'not-there'));
  expect(other).toMatch(/ecc-\d+-\w{6}.test-results$/);
  expect(existsSync(join(other, '..'))).toBe(true);
});

test.runIf(process.getuid?.() !== 0)('or it cannot be emptied, or nothing can be made there', () => {
  const root = makeDirectory();
  const results = join(root, 'test-results');
  mkdirSync(join(results, 'of a test'), { recursive: true });
  chmodSync(join(results, 'of a test'), 0o500);
  expect(chooseOutputDirectory(root)).not.toBe(results);
  chmodSync(join(results, 'of a test'), 0o700);
  chmodSync(root, 0o500);
  expect(chooseOutputDirectory(root)).not.toBe(results);
  chmodSync(root, 0o700);
});
