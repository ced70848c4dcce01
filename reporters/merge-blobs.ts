import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SettingsError } from '../config/settings-error.ts';
import { checkBlob } from './check-blob.ts';

const CLI = createRequire(import.meta.url).resolve('@playwright/test/cli');
const CONFIG = fileURLToPath(new URL('../merge.config.ts', import.meta.url));

/**
 * Merges the blobs below a directory into one report and yields the exit code of the run they are parts of. The directory
 * stays as it is. Rejects with a SettingsError when there are no blobs in it, or something else.
 */
export async function mergeBlobs(directory: string, reportDirectory: string | undefined): Promise<number> {
  const blobs = listBlobs(directory);
  for (const blob of blobs) await checkBlob(join(directory, blob), blob);
  // Playwright unpacks blobs where they lie.
  const copies = mkdtempSync(join(tmpdir(), 'ecc-merge-'));
  try {
    for (const [index, blob] of blobs.entries()) copyFileSync(join(directory, blob), join(copies, `${index}.zip`));
    // biome-ignore lint/plugin/environment: it is handed on to a process that reads it through config/.
    const env = { ...process.env, ...(reportDirectory !== undefined && { CONFORMANCE_REPORT_DIR: reportDirectory }) };
    const args = [CLI, 'merge-reports', '--config', CONFIG, copies];
    return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1;
  } finally {
    rmSync(copies, { recursive: true });
  }
}

function listBlobs(directory: string): string[] {
  let files: string[] = [];
  try {
    files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SettingsError(`"${directory}" cannot be read (${code}); expected the directory with the shards' blobs.`);
  }
  const blobs = files.filter((file) => file.endsWith('.zip')).sort();
  if (blobs.length === 0)
    throw new SettingsError(`"${directory}" holds no blob; expected the .zip files that the shards wrote.`);
  return blobs;
}
