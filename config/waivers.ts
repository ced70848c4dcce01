import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Waiver } from '../report/waiver.ts';
import { QUICKLY_COMPILED } from '../schemas/ajv-options.ts';
import { describeErrors } from '../schemas/describe-error.ts';
import { readDocument, tellMistake } from '../schemas/read-document.ts';
import type { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

const SCHEMA = new URL('../schemas/meta/waivers.schema.json', import.meta.url);

/** What is read when no other file is named, if it is there. */
const DEFAULT_FILE = 'waivers.yaml';

/** What may be one or several. */
type Listed = 'operation' | 'status' | 'condition' | 'provocation' | 'seen';

/** A waiver as it is written. */
type Written = Omit<Waiver, Listed | 'intermittent' | 'file' | 'lines'> & {
  operation?: string | string[];
  status?: number | number[];
  condition?: string | string[];
  provocation?: string | string[];
  seen?: number | string | (number | string)[];
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
  const document = readDocument(path, SettingsError, 'a file of waivers');
  const { value, lines } = document;
  const ajv = new Ajv2020({ ...QUICKLY_COMPILED, strict: false, verbose: true });
  addFormats.default(ajv);
  const validate = ajv.compile<{ waivers: Written[] | null }>(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  if (!validate(value)) throw new SettingsError(tellMistake(document, describeErrors(validate.errors, value)));
  return (value.waivers ?? []).map((written, index) => toWaiver(written, path, lines(['waivers', index])));
}

function toWaiver(
  { operation, status, condition, provocation, seen, intermittent, ...rest }: Written,
  file: string,
  lines: [number, number],
): Waiver {
  return {
    ...rest,
    ...(operation !== undefined && operation !== '*' && { operation: [operation].flat() }),
    ...(status !== undefined && { status: [status].flat() }),
    ...(condition !== undefined && { condition: [condition].flat() }),
    ...(provocation !== undefined && { provocation: [provocation].flat() }),
    ...(seen !== undefined && { seen: [seen].flat().map(String) }),
    ...(intermittent && { intermittent: true }),
    file,
    lines,
  };
}
