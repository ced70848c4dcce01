import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeKilled } from '../../suites/killed-runs.ts';

test('what killed runs have left is removed, and nothing else', () => {
  const place = mkdtempSync(join(tmpdir(), 'killed-'));
  const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
  const make = (name: string, hours: number) => {
    const path = join(place, name);
    mkdirSync(path);
    writeFileSync(join(path, 'cell-1.json'), '{}');
    const at = new Date(Date.now() - hours * 3_600_000);
    utimesSync(path, at, at);
  };
  make(`ecc-${gone}-abCD12`, 2);
  make(`ecc-${gone}-fresh1`, 0);
  make(`ecc-${process.pid}-abCD12`, 2);
  make('ecc-test-abCD12', 2);
  make(`other-${gone}-abCD12`, 2);
  removeKilled(place);
  expect(readdirSync(place).sort()).toEqual(
    [`ecc-${gone}-fresh1`, `ecc-${process.pid}-abCD12`, 'ecc-test-abCD12', `other-${gone}-abCD12`].sort(),
  );
  rmSync(place, { recursive: true });
});
