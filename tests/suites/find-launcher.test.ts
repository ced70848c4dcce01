import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { findLauncher, lookUp, type Running } from '../../suites/find-launcher.ts';
import { HAS_PROC } from '../integration/process-tree.ts';

const BY_NPM = { isByNpm: true, isNohup: false };
const BY_HAND = { isByNpm: false, isNohup: false };
const OWN = { pid: 50, parent: 40 };

/** Processes by their ids, each the parent of the next, from the run to the first of all; all of one group unless told. */
function processes(...commands: (string[] | Partial<Running>)[]) {
  const all = commands.map((each, index): Running => {
    const what = Array.isArray(each) ? { command: each } : each;
    return { pid: 50 - 10 * index, parent: 40 - 10 * index, group: 7, command: ['node'], ...what };
  });
  return (pid: number) => all.find((each) => each.pid === pid);
}

const SH = ['sh', '-c', 'playwright test'];
const NPX = ['npm exec playwright test'];

describe('the launcher of a run', () => {
  test.each([
    ['npx, which calls itself so', [{}, SH, NPX]],
    ['npx without a shell in between', [{}, NPX]],
    ['npx that has just begun', [{}, SH, ['node', '/usr/bin/npx', 'playwright']]],
    ['npm, by its script', [{}, SH, ['/usr/bin/node', '/usr/lib/node_modules/npm/bin/npm-cli.js', 'run', 'x']]],
    ['npm behind another program', [{}, ['node', 'cross-env'], SH, ['npm run conformance']]],
  ])('is %s', (_, tree) => {
    const { chain, ...rest } = findLauncher(BY_NPM, OWN, processes(...tree));
    expect(chain).toEqual(tree.slice(1).map((__, index) => 40 - 10 * index));
    expect(rest).toEqual({ isDetached: false, isOrphan: false });
  });

  test.each([
    ['a shell', [{}, ['bash'], ['sshd']]],
    ['a shell that npm of another job has started', [{}, { command: ['bash'], group: 8 }, NPX]],
    ['a program that only speaks of npm', [{}, ['vim', 'npm'], ['bash']]],
  ])('is nobody that has to be there: %s', (_, tree) => {
    expect(findLauncher(BY_NPM, OWN, processes(...tree))).toEqual({ isDetached: false, chain: [], isOrphan: false });
  });

  test('is to be outlived where it is nohup, for this process or for npx', () => {
    const expected = { isDetached: true, chain: [], isOrphan: false };
    expect(findLauncher({ isByNpm: true, isNohup: true }, OWN, processes({}, SH, NPX))).toEqual(expected);
    const npx = { command: NPX, called: '/usr/bin/nohup' };
    expect(findLauncher(BY_NPM, OWN, processes({}, SH, npx))).toEqual(expected);
    const shell = { command: ['sh', 'nightly.sh'], ignoresHup: true };
    expect(findLauncher(BY_HAND, OWN, processes({}, shell, ['cron']))).toEqual(expected);
  });

  test('has gone before it was looked for where npm has started what is an orphan', () => {
    const orphan = (launch: typeof BY_NPM) => findLauncher(launch, OWN, processes({ parent: 1 })).isOrphan;
    expect([orphan(BY_NPM), orphan(BY_HAND)]).toEqual([true, false]);
  });

  test('is the parent, by the environment, where nothing shows processes', () => {
    const blind = () => undefined;
    expect(findLauncher(BY_NPM, OWN, blind)).toEqual({ isDetached: false, chain: [40], isOrphan: false });
    expect(findLauncher(BY_HAND, OWN, blind)).toEqual({ isDetached: false, chain: [], isOrphan: false });
    expect(findLauncher({ isByNpm: true, isNohup: true }, OWN, blind).chain).toEqual([]);
    expect(findLauncher(BY_NPM, { pid: 50, parent: 1 }, blind)).toMatchObject({ chain: [], isOrphan: true });
  });

  test.skipIf(!HAS_PROC)('ignores SIGHUP as the system shows it', async () => {
    const child = spawn('sh', ['-c', 'trap "" HUP; echo so; read line; true'], { stdio: ['pipe', 'pipe', 'ignore'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(lookUp(child.pid ?? 0)).toMatchObject({ ignoresHup: true, command: expect.arrayContaining(['sh']) });
    child.stdin.end();
    expect(lookUp(process.pid)?.ignoresHup).toBeUndefined();
  });

  test.skipIf(!HAS_PROC)('is looked up as the system shows it', () => {
    expect(lookUp(process.pid)).toMatchObject({ pid: process.pid, parent: process.ppid });
    expect(lookUp(2 ** 22 + 1)).toBeUndefined();
  });
});
