import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';
import type { Waiver } from '../engine/waiver.ts';
import type { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { linesOfItems } from './yaml-lines.ts';

const SCHEMA = new URL('../schemas/meta/waivers.schema.json', import.meta.url);

/** What is read when no other file is named, if it is there. */
const DEFAULT_FILE = 'waivers.yaml';

/** A waiver as it is written. */
type Written = Omit<Waiver, 'operation' | 'status' | 'intermittent' | 'file' | 'lines'> & {
  operation?: string | string[];
  status?: number | number[];
  intermittent?: boolean;
};

/**
 * The path of the file of waivers: the one that is named, or the one that lies in the directory the run is started in. That
 * one is about an API of one's own, and not about the embedded reference.
 */
export function findWaivers(
  { waivers, apiUrl }: Pick<Settings, 'waivers' | 'apiUrl'>,
  directory = '',
): string | undefined {
  const path = join(directory, DEFAULT_FILE);
  return waivers ?? (apiUrl !== undefined && existsSync(path) ? path : undefined);
}

/** Reads a file of waivers; throws a SettingsError that says what is wrong where. */
export function loadWaivers(path: string): Waiver[] {
  let text = '';
  let value: unknown;
  try {
    text = readFileSync(path, 'utf8');
    value = load(text);
  } catch (error) {
    const [what] = error instanceof Error ? error.message.split('\n') : [error];
    throw new SettingsError(`${path} cannot be read: ${what}; expected a file of waivers.`);
  }
  const ajv = new Ajv2020({ validateSchema: false, strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile<{ waivers: Written[] | null }>(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  const lines = linesOfItems(text);
  if (!validate(value)) throw new SettingsError(describeError(path, lines, validate.errors?.[0]));
  return (value.waivers ?? []).map((written, index) => toWaiver(written, path, lines[index] ?? [1, 1]));
}

function toWaiver(
  { operation, status, intermittent, ...rest }: Written,
  file: string,
  lines: [number, number],
): Waiver {
  return {
    ...rest,
    ...(operation !== undefined && operation !== '*' && { operation: [operation].flat() }),
    ...(status !== undefined && { status: [status].flat() }),
    ...(intermittent && { intermittent: true }),
    file,
    lines,
  };
}

function describeError(path: string, lines: readonly [number, number][], error: ErrorObject | undefined): string {
  const [, index, place] = /^\/waivers\/(\d+)(.*)$/.exec(error?.instancePath ?? '') ?? [];
  const stray: unknown = error?.params.additionalProperty;
  const what = `${error?.message ?? ''}${stray === undefined ? '' : ` (${JSON.stringify(stray)})`}`;
  const first = index === undefined ? undefined : lines[Number(index)]?.[0];
  return first === undefined
    ? `${path} is no file of waivers: ${error?.instancePath || 'the file'} ${what}.`
    : `${path}:${first} is no waiver: ${place || 'it'} ${what}.`;
}
