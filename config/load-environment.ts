import { config } from 'dotenv';
import { SettingsError } from './settings-error.ts';

/**
 * Reads `.env` into the environment, and before it the file of the environment that CONFORMANCE_ENV names; what is set already
 * stays. Throws a SettingsError when that file cannot be read.
 */
export function loadEnvironment(): void {
  const name = process.env.CONFORMANCE_ENV?.trim();
  if (name && config({ path: `.env.${name}`, quiet: true }).error)
    throw new SettingsError(
      `CONFORMANCE_ENV is "${name}", and .env.${name} cannot be read; expected a file like .env.example.`,
    );
  config({ quiet: true });
}
