import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import type { TargetProfile } from '../engine/case.ts';
import type { Contract } from '../schemas/contract.ts';
import { isProfilePath } from './settings.ts';
import { SettingsError } from './settings-error.ts';

const DIRECTORY = fileURLToPath(new URL('../targets/', import.meta.url));
const SCHEMA = fileURLToPath(new URL('../schemas/meta/target.schema.json', import.meta.url));

/** Names of the target profiles that come with the suite. */
export function listTargets(): string[] {
  return readdirSync(DIRECTORY)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''))
    .sort();
}

/**
 * Reads a target profile, by its name in the directory or by the path of its file, and fills in what it leaves out; throws a
 * SettingsError that says what is wrong where.
 */
export function loadTarget(name: string, directory: string = DIRECTORY): TargetProfile {
  const isPath = isProfilePath(name);
  const file = isPath ? name : `${directory}${name}.yaml`;
  const shown = isPath ? name : `targets/${name}.yaml`;
  let value: unknown;
  try {
    value = load(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SettingsError(
      `${shown} cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : error}.`,
    );
  }
  const validate = new Ajv2020({ useDefaults: true, validateSchema: false }).compile(
    JSON.parse(readFileSync(SCHEMA, 'utf8')),
  );
  if (!validate(value)) {
    const [error] = validate.errors ?? [];
    const stray: unknown = error?.params.additionalProperty;
    const what = `${error?.message ?? ''}${stray === undefined ? '' : ` (${JSON.stringify(stray)})`}`;
    throw new SettingsError(`${shown} is no target profile: ${error?.instancePath || 'the file'} ${what}.`);
  }
  return value as TargetProfile;
}

/** Throws a SettingsError when a switch names a status or an operation that the contract does not have: it would never be thrown. */
export function checkSwitches({ switches }: TargetProfile, { statuses, operations }: Contract): void {
  for (const { title, status, operations: named } of switches) {
    const stray =
      named === 'all' ? undefined : named.find((id) => !operations.some((operation) => operation.id === id));
    const strange = statuses.includes(status) ? stray && `the operation "${stray}"` : `the status ${status}`;
    if (strange) throw new SettingsError(`The switch "${title}" names ${strange}, which the contract does not have.`);
  }
}
