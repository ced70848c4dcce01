import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Kind, readDocument } from '../documents/read-document.ts';
import { schemaIn } from '../documents/schema.ts';
import type { TargetProfile } from '../plan/case.ts';
import type { Contract } from '../schemas/contract.ts';
import { isProfilePath } from './settings.ts';
import { SettingsError } from './settings-error.ts';

const DIRECTORY = fileURLToPath(new URL('../targets/', import.meta.url));

const PROFILE: Kind<TargetProfile> = {
  complain: (sentence) => new SettingsError(sentence),
  what: 'a target profile',
  schema: schemaIn(new URL('../schemas/meta/target.schema.json', import.meta.url)),
  // A profile may hold a credential, and a console is read by many.
  showing: 'kinds',
};

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
  const file = isProfilePath(name) ? name : `${directory}${name}.yaml`;
  return readDocument(file, PROFILE).value;
}

/**
 * Throws a SettingsError when a recipe or a switch names an operation that the contract does not have, or a status that it does not
 * publish, or not there: it would never be followed.
 */
export function checkFaults({ faults, switches }: TargetProfile, { statuses, operations }: Contract): void {
  const all = [
    ...faults.map((each) => ({ ...each, is: 'recipe' })),
    ...switches.map((each) => ({ ...each, is: 'switch' })),
  ];
  for (const { is, title, status, operations: named } of all) {
    const refuse = (what: string) =>
      new SettingsError(`The ${is} "${title}" names ${what}, which the contract does not have.`);
    if (!statuses.includes(status)) throw refuse(`the status ${status}`);
    for (const id of named === 'all' ? [] : named) {
      const operation = operations.find((each) => each.id === id);
      if (!operation) throw refuse(`the operation "${id}"`);
      if (!operation.errors.includes(status)) throw refuse(`the status ${status} for "${id}"`);
    }
  }
}

/** Throws a SettingsError when the profile names headers, a limit or inert fields for an operation that the contract does not have. */
export function checkNamed({ headers, limited, inert = {} }: TargetProfile, { operations }: Contract): void {
  const known = new Set(['all', ...operations.map(({ id }) => id)]);
  const stray =
    [...Object.keys(headers), ...limited].find((id) => !known.has(id)) ?? limited.find((id) => id === 'all');
  const other = Object.keys(inert).find((id) => !operations.some((each) => each.id === id));
  if (other !== undefined)
    throw new SettingsError(
      `The target profile names "${other}" for inert fields, an operation that the contract does not have.`,
    );
  if (stray !== undefined)
    throw new SettingsError(
      `The target profile names "${stray}" ${limited.includes(stray) ? 'among what the limited token may not use' : 'for headers'}, an operation that the contract does not have.`,
    );
}

/**
 * Throws a SettingsError when the profile names an object for an operation that the contract does not have, or for one that would
 * change it: nothing that a run has not made may be changed.
 */
export function checkObjects({ objects }: TargetProfile, { operations }: Contract): void {
  for (const id of Object.keys(objects)) {
    const operation = operations.find((each) => each.id === id);
    if (!operation)
      throw new SettingsError(
        `The target profile names an object for "${id}", an operation that the contract does not have.`,
      );
    if (['PUT', 'PATCH', 'DELETE'].includes(operation.method))
      throw new SettingsError(
        `The target profile names an object for "${id}", which would change it (${operation.method} ${operation.path}); expected objects for operations that read, or for a POST.`,
      );
  }
}
