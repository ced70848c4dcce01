import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { OWN_CONTRACT } from '../../schemas/read-contract.ts';
import { makeDirectory } from './make-directory.ts';

/** The directory of a copy of the suite's own contract. */
export function copyContract(): string {
  const directory = makeDirectory();
  cpSync(OWN_CONTRACT, directory, { recursive: true });
  return directory;
}

/** Replaces one part of a file; fails when it is not there, so that no test passes by accident. */
export function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(from, () => to);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
}
