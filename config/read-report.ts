import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { REPORT_VERSION, type Report } from '../report/report.ts';
import { QUICKLY_COMPILED } from '../schemas/ajv-options.ts';
import { SettingsError } from './settings-error.ts';
import { isReadable, upgradeReport } from './upgrade-report.ts';

let validate: ValidateFunction<Report> | undefined;

const SCHEMA = new URL('../schemas/meta/report.schema.json', import.meta.url);

/** Reads a saved report.json; `name` is what asked for it. Throws a SettingsError when it cannot be read or is no such report. */
export function readReport(name: string, path: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const what =
      error instanceof SyntaxError ? 'is no JSON' : `cannot be read (${(error as NodeJS.ErrnoException).code})`;
    throw new SettingsError(`${name} names "${path}", which ${what}; expected the report.json of an earlier run.`);
  }
  const version = (value as Partial<Report> | null)?.reportVersion;
  if (version !== undefined && !isReadable(version))
    throw new SettingsError(
      `${name} names "${path}", a report of format ${version}; expected format ${REPORT_VERSION}: make it anew.`,
    );
  validate ??= makeValidator();
  const report = upgradeReport(value);
  if (validate(report)) return report;
  const [error] = validate.errors ?? [];
  throw new SettingsError(
    `${name} names "${path}", which is no report: ${error?.instancePath || 'the file'} ${error?.message ?? ''}.`,
  );
}

/** Made once: to compile the schema takes longer than to check a report by it. */
function makeValidator(): ValidateFunction<Report> {
  const ajv = new Ajv2020({ ...QUICKLY_COMPILED, allErrors: false, strict: false });
  addFormats.default(ajv);
  return ajv.compile<Report>(JSON.parse(readFileSync(SCHEMA, 'utf8')));
}
