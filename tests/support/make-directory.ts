import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory for the time of the test. */
export function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ecc-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}
