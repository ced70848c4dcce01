import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { OUTPUTS, type Output } from '../../reporters/outputs.ts';
import { writeReport } from '../../reporters/write-report.ts';
import { makeReport } from './sample-report.ts';

const report = makeReport(2);
const NAMES = ['badge.json', 'index.html', 'report.json', 'summary.md'];

/** A directory for the report, inside one that temporary files go to as well. */
function makePlace(): { place: string; temporary: () => string[] } {
  const root = mkdtempSync(join(tmpdir(), 'ecc-test-'));
  vi.stubEnv('TMPDIR', root);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });
  const temporary = () =>
    readdirSync(root)
      .filter((name) => name.startsWith('conformance-report-'))
      .map((name) => join(root, name));
  return { place: join(root, 'report'), temporary };
}

/** The outputs, one of which throws. */
const broken = (name: string): Output[] =>
  OUTPUTS.map((output) =>
    output.name === name
      ? {
          name,
          render: () => {
            throw new Error('no way\n    at somewhere');
          },
        }
      : output,
  );

describe('the files of a report', () => {
  test('are written, report.json first, and the page is the one to open', () => {
    const { place, temporary } = makePlace();
    expect(writeReport(report, place)).toEqual({ path: join(place, 'index.html'), failures: [] });
    expect(readdirSync(place).sort()).toEqual(NAMES);
    expect(JSON.parse(readFileSync(join(place, 'report.json'), 'utf8'))).toEqual(report);
    expect(OUTPUTS[0]?.name).toBe('report.json');
    expect(temporary()).toEqual([]);
  });

  test.each(['index.html', 'summary.md', 'badge.json'])('are written but for %s, which cannot be made', (name) => {
    const { place } = makePlace();
    mkdirSync(place);
    writeFileSync(join(place, name), 'of an older run');
    const { path, failures } = writeReport(report, place, broken(name));
    expect(failures).toEqual([`${join(place, name)} could not be written: no way.`]);
    expect(readdirSync(place).sort()).toEqual(NAMES.filter((each) => each !== name));
    expect(path).toBe(join(place, name === 'index.html' ? 'report.json' : 'index.html'));
  });

  test.runIf(existsSync('/dev/full'))('are written but for the one for which the disk is full', () => {
    const { place } = makePlace();
    mkdirSync(place);
    symlinkSync('/dev/full', join(place, 'index.html'));
    const { failures } = writeReport(report, place);
    expect(failures).toEqual([
      expect.stringMatching(/index\.html could not be written: ENOSPC: no space left[^\n]*\.$/),
    ]);
    expect(readdirSync(place).sort()).toEqual(NAMES.filter((each) => each !== 'index.html'));
  });

  test('are whole at any time: an older one stays until the new one is there', () => {
    const { place } = makePlace();
    mkdirSync(place);
    const path = join(place, 'summary.md');
    writeFileSync(path, 'of an older run');
    const look = (output: Output): Output =>
      output.name === 'summary.md'
        ? { name: output.name, render: (own) => `${readFileSync(path, 'utf8')}, and ${output.render(own)}` }
        : output;
    expect(writeReport(report, place, OUTPUTS.map(look)).failures).toEqual([]);
    expect(readFileSync(path, 'utf8')).toMatch(/^of an older run, and /);
    expect(readdirSync(place).sort()).toEqual(NAMES);
  });

  test('go where a link leads, and into no pipe, which nobody may read', () => {
    const { place } = makePlace();
    mkdirSync(join(place, 'elsewhere'), { recursive: true });
    writeFileSync(join(place, 'elsewhere', 'page.html'), '');
    symlinkSync(join(place, 'elsewhere', 'page.html'), join(place, 'index.html'));
    execFileSync('mkfifo', [join(place, 'summary.md')]);
    expect(writeReport(report, place).failures).toEqual([
      expect.stringMatching(/summary\.md could not be written: it is a pipe\.$/),
    ]);
    expect(readFileSync(join(place, 'elsewhere', 'page.html'), 'utf8')).toContain('<html');
    expect(readdirSync(join(place, 'elsewhere'))).toEqual(['page.html']);
  });

  test('find another place for report.json where something is in its way', () => {
    const { place, temporary } = makePlace();
    mkdirSync(join(place, 'report.json'), { recursive: true });
    const { path, failures } = writeReport(report, place);
    const saved = join(temporary()[0] ?? '', 'report.json');
    expect(failures).toEqual([
      expect.stringMatching(/report\.json could not be written: EISDIR: [^\n]*\.$/),
      `What the run found is in ${saved} instead.`,
    ]);
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual(report);
    expect(path).toBe(join(place, 'index.html'));
  });

  test('find another place, all of them, where their directory cannot be made', () => {
    const { place, temporary } = makePlace();
    writeFileSync(place, 'a file');
    const { path, failures } = writeReport(report, place);
    const [elsewhere = ''] = temporary();
    expect(failures).toEqual([
      expect.stringMatching(/^The directory \S+ could not be made: EEXIST: [^\n]*\.$/),
      `The report is in ${elsewhere} instead.`,
    ]);
    expect(readdirSync(elsewhere).sort()).toEqual(NAMES);
    expect(path).toBe(join(elsewhere, 'index.html'));
    expect(readFileSync(place, 'utf8')).toBe('a file');
  });

  test('are nowhere when no place takes them, in so many sentences', () => {
    const { place } = makePlace();
    writeFileSync(place, 'a file');
    vi.stubEnv('TMPDIR', place);
    const { path, failures } = writeReport(report, place);
    expect(path).toBeUndefined();
    expect(failures).toEqual([
      expect.stringContaining('could not be made: EEXIST'),
      expect.stringContaining('could not take the report either: ENOTDIR'),
    ]);
  });
});
