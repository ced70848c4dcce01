import { tellMistake } from '../documents/mistake.ts';
import { type Document, type Kind, readDocument } from '../documents/read-document.ts';
import { schemaIn } from '../documents/schema.ts';
import { showValue } from '../documents/show-value.ts';
import type { Report } from '../report/report.ts';
import { SettingsError } from './settings-error.ts';
import { isReadable, READABLE, upgradeReport } from './upgrade-report.ts';

const SCHEMA = schemaIn<Report>(new URL('../schemas/meta/report.schema.json', import.meta.url));

/**
 * Reads a saved report.json, of today's format or an older one; `name` is what asked for it. Throws a SettingsError when it cannot
 * be read or is no such report.
 */
export function readReport(name: string, path: string): Report {
  const complain = (sentence: string) => new SettingsError(`${name} names what is no report: ${sentence}.`);
  const kind: Kind<Report> = {
    complain,
    what: 'the report.json of an earlier run',
    schema: SCHEMA,
    // What a server wrote is in it.
    showing: 'kinds',
    isSaved: true,
    upgrade(written) {
      expectReadable(written, complain);
      return upgradeReport(written.value);
    },
  };
  return readDocument(path, kind).value;
}

function expectReadable(written: Document, complain: Kind<Report>['complain']): void {
  const version = (written.value as Partial<Report> | null)?.reportVersion;
  if (isReadable(version)) return;
  const expected = `the format of a report that can be read, ${READABLE}`;
  throw complain(tellMistake(written, { place: ['reportVersion'], expected, found: showValue(version) }));
}
