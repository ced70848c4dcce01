import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { config } from 'dotenv';
import { SettingsError } from './settings-error.ts';

/** Settings take some kilobytes; in bytes. */
const MOST_BYTES = 1024 * 1024;

/**
 * Reads `.env` into the environment, and before it the file of the environment that CONFORMANCE_ENV names; what is set already
 * stays. Throws a SettingsError when that file cannot be read, or either is larger than settings are.
 */
export function loadEnvironment(): void {
  const name = process.env.CONFORMANCE_ENV?.trim();
  for (const file of name ? [`.env.${name}`, '.env'] : ['.env']) expectSmall(file);
  if (name && config({ path: `.env.${name}`, quiet: true }).error)
    throw new SettingsError(
      `CONFORMANCE_ENV is "${name}", and .env.${name} cannot be read; expected a file like .env.example.`,
    );
  config({ quiet: true });
}

function expectSmall(file: string): void {
  if ((statSync(resolve(file), { throwIfNoEntry: false })?.size ?? 0) <= MOST_BYTES) return;
  throw new SettingsError(`${file} has more than ${MOST_BYTES / 1024 / 1024} MB; expected a file like .env.example.`);
}
