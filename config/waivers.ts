import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Kind, readDocument } from '../documents/read-document.ts';
import { schemaIn } from '../documents/schema.ts';
import type { Waiver } from '../report/waiver.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

/** What is read when no other file is named, if it is there. */
const DEFAULT_FILE = 'waivers.yaml';

/** What may be one or several. */
type Listed = 'operation' | 'status' | 'condition' | 'provocation' | 'seen';

/** A status below 500 that came, any above, or none. */
type Seen = number | '5xx' | 'none';

/** A waiver as it is written. */
type Written = Omit<Waiver, Listed | 'intermittent' | 'file' | 'lines'> & {
  operation?: string | string[];
  status?: number | number[];
  condition?: Condition | Condition[];
  provocation?: string | string[];
  seen?: Seen | Seen[];
  intermittent?: boolean;
};

/** A file of waivers as it is written. */
export type WrittenWaivers = { waivers: Written[] | null };

const WAIVERS: Kind<WrittenWaivers> = {
  complain: (sentence) => new SettingsError(sentence),
  what: 'a file of waivers',
  schema: schemaIn(new URL('../schemas/meta/waivers.schema.json', import.meta.url)),
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
  const { value, lines } = readDocument(path, WAIVERS);
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
