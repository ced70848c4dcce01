import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTarget } from '../../config/target-profile.ts';

/** Writes a target profile, that of the reference without its recipes unless told otherwise, for the time that `work` takes; hands on its path. */
export async function withProfile<Result>(change: object, work: (path: string) => Promise<Result>): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'profile-'));
  const path = join(directory, 'staged.yaml');
  // JSON is YAML.
  writeFileSync(path, JSON.stringify({ ...loadTarget('reference'), name: 'staged', faults: [], ...change }));
  try {
    return await work(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
