import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { whyUnappendable, whyUnwritable } from '../../config/try-directory.ts';
import { tryPlaces } from '../../config/try-places.ts';
import { makeDirectory } from '../support/make-directory.ts';

/** Has every process of Node that is started from here do something first. */
function havePreloaded(code: string): void {
  const file = join(makeDirectory(), 'preload.cjs');
  writeFileSync(file, code);
  vi.stubEnv('NODE_OPTIONS', `--require ${file}`);
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe('a directory for a report', () => {
  test('is made and tried, and nothing is left in it', () => {
    const directory = join(makeDirectory(), 'a', 'b');
    expect(whyUnwritable(directory)).toBeUndefined();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('is none where a file lies, or above it', () => {
    const file = join(makeDirectory(), 'file');
    writeFileSync(file, '');
    expect(whyUnwritable(file)).toMatch(/^EEXIST/);
    expect(whyUnwritable(join(file, 'below'))).toMatch(/^ENOTDIR/);
  });

  test('is none where there is no room', () => {
    havePreloaded(
      "require('node:fs').writeSync = () => { throw new Error('ENOSPC: no space left on device, write'); };",
    );
    const directory = makeDirectory();
    expect(whyUnwritable(directory)).toBe('ENOSPC: no space left on device, write');
    expect(readdirSync(directory)).toEqual([]);
  });

  test('is none where making it hangs, which takes some seconds to tell', () => {
    havePreloaded(
      "require('node:fs').mkdirSync = () => { for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); };",
    );
    const startedAt = performance.now();
    expect(whyUnwritable(makeDirectory())).toBe('it gives no answer within 5 s');
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});

test('a file is appended to where it can be, and stays as it was', () => {
  const directory = makeDirectory();
  expect(whyUnappendable(join(directory, 'summary.md'))).toBeUndefined();
  expect(whyUnappendable(directory)).toMatch(/^EISDIR/);
  expect(whyUnappendable(join(directory, 'not', 'there'))).toMatch(/^ENOENT/);
});

describe('what a run is going to write', () => {
  test('is one sentence where it cannot be, with the setting', () => {
    const reportDir = join(makeDirectory(), 'file');
    writeFileSync(reportDir, '');
    expect(() => tryPlaces({ reportDir }, true)).toThrow(
      new RegExp(
        `^CONFORMANCE_REPORT_DIR is "${reportDir}", where nothing can be written \\(EEXIST[^\\n]*\\); expected [^\\n]*\\.$`,
      ),
    );
    expect(() => tryPlaces({ reportDir }, false)).not.toThrow();
  });

  test('goes into the directory for temporary files, too, whether or not there is a report', () => {
    const reportDir = makeDirectory();
    vi.stubEnv('TMPDIR', join(reportDir, 'not-there'));
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(() => tryPlaces({ reportDir }, false)).toThrow(
      /^TMPDIR is ".*not-there", where nothing can be written \(ENOENT/,
    );
    expect(existsSync(join(reportDir, '.in-use'))).toBe(false);
  });
});
