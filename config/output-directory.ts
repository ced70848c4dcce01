import { accessSync, constants, lstatSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Playwright puts its files in the checkout, and finds what failed the last time (`--last-failed`). */
const USUAL = 'test-results';

/**
 * The directory for the files of Playwright: that of the checkout at `root`, where it can be emptied and made, and otherwise a temporary one
 * that goes when this process does. A run has nothing to say there, and must not fail for it.
 */
export function chooseOutputDirectory(root: string): string {
  const usual = join(root, USUAL);
  if (canMakeIn(root) && canEmpty(usual)) return usual;
  const own = mkdtempSync(join(tmpdir(), `ecc-${process.pid}-`));
  process.on('exit', () => rmSync(own, { recursive: true, force: true }));
  return join(own, USUAL);
}

function canMakeIn(directory: string): boolean {
  try {
    rmdirSync(mkdtempSync(join(directory, `.${USUAL}-`)));
    return true;
  } catch {
    return false;
  }
}

/** Whether all that lies in a place can be removed; true where nothing does. */
function canEmpty(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return true;
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return readdirSync(path).every((name) => canEmpty(join(path, name)));
  } catch {
    return false;
  }
}
