import { statSync } from 'node:fs';
import { SettingsError } from './settings-error.ts';

/**
 * The directory with the contract that the environment names; undefined for the one that comes with the suite. It is read before
 * the other settings, because they name what is in it. Throws a SettingsError when it cannot be tested.
 */
export function readContractDirectory(env: Record<string, string | undefined>): string | undefined {
  const directory = env.CONFORMANCE_CONTRACT?.trim() || undefined;
  if (directory === undefined) return undefined;
  if (!env.API_URL?.trim())
    throw new SettingsError(
      'CONFORMANCE_CONTRACT is set and API_URL is not; the embedded API has the contract that comes with the suite, and no other.',
    );
  return expectDirectory(directory);
}

/** The path of a directory with a contract; throws a SettingsError when it is none. */
export function expectDirectory(directory: string): string {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return directory;
  throw new SettingsError(
    `CONFORMANCE_CONTRACT is "${directory}", which is no directory; expected one with openapi.yaml and a <status>.json for each error.`,
  );
}
