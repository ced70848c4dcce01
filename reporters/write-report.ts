import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Report } from '../report/report.ts';
import { HTML_OUTPUT, JSON_OUTPUT, OUTPUTS, type Output } from './outputs.ts';
import { showLine } from './shared/visible-text.ts';

/** What became of writing: the file to open, as seen from here, if there is one, and a sentence for each thing that failed. */
export type Written = { path?: string; failures: string[] };

/** Begins the name of the directory for what cannot be written where it should be. */
const FALLBACK = 'conformance-report-';

/**
 * Writes every file of the report, each on its own: what cannot be made or written leaves no file, the older one of its name
 * neither, and keeps none of the others back. What the run found is never lost while any disk takes it: where the directory cannot be made
 * the files, and otherwise report.json, go to a temporary one.
 */
export function writeReport(report: Report, directory: string, outputs: readonly Output[] = OUTPUTS): Written {
  const failures: string[] = [];
  const place = makeDirectory(directory, failures);
  if (place === undefined) return { failures };
  const paths = new Map<string, string>();
  for (const output of outputs) {
    const path = join(place, output.name);
    const failure = attempt(`${path} could not be written`, () => writeFile(path, () => output.render(report)));
    if (failure === undefined) paths.set(output.name, path);
    else if (output.name === JSON_OUTPUT.name)
      failures.push(
        failure,
        saveElsewhere(output.name, () => output.render(report)),
      );
    else failures.push(failure);
  }
  const path = paths.get(HTML_OUTPUT.name) ?? paths.get(JSON_OUTPUT.name);
  return path === undefined ? { failures } : { path: seenFromHere(path), failures };
}

/** Does something; yields `complaint` and the cause as one sentence when it cannot. */
export function attempt(complaint: string, work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    const [cause = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return showLine(`${complaint}: ${cause.replace(/\.$/, '')}.`);
  }
}

/** Writes a file into a new temporary directory; yields the sentence that says where it is, or why it is nowhere. */
export function saveElsewhere(name: string, render: () => string): string {
  let path = '';
  const failure = attempt(`${name} could not be written to ${tmpdir()} either`, () => {
    path = join(mkdtempSync(join(tmpdir(), FALLBACK)), name);
    writeFile(path, render);
  });
  return failure ?? `What the run found is in ${path} instead.`;
}

/** Makes the directory, or a temporary one in its place. */
function makeDirectory(directory: string, failures: string[]): string | undefined {
  const failure = attempt(`The directory ${directory} could not be made`, () =>
    mkdirSync(directory, { recursive: true }),
  );
  if (failure === undefined) return directory;
  failures.push(failure);
  let place: string | undefined;
  const again = attempt(`${tmpdir()} could not take the report either`, () => {
    place = mkdtempSync(join(tmpdir(), FALLBACK));
  });
  failures.push(again ?? `The report is in ${place} instead.`);
  return place;
}

/**
 * Writes a file as a whole, or leaves none: half a report, or an older run's, would be taken for this one's. Where something lies that is no
 * file, such as a device, it is written to; a link is followed.
 */
function writeFile(path: string, render: () => string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  const isFile = there?.isFile() ?? true;
  const whole = there?.isFile() ? realpathSync(path) : path;
  const part = isFile ? `${whole}.${process.pid}.part` : path;
  try {
    if (there?.isFIFO()) throw new Error('it is a pipe');
    writeFileSync(part, render());
    if (isFile) renameSync(part, whole);
  } catch (error) {
    for (const each of new Set([part, path])) attempt(each, () => rmSync(each, { force: true }));
    throw error;
  }
}

function seenFromHere(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? resolve(path) : near;
}
