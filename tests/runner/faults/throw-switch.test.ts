import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { FaultSwitch } from '../../../plan/case.ts';
import {
  keepJournal,
  pendingSwitches,
  sweepSwitches,
  switchAllOff,
  switchOff,
  switchOn,
} from '../../../runner/faults/throw-switch.ts';
import { withToxiproxy } from '../../support/toxiproxy.ts';

const directory = mkdtempSync(join(tmpdir(), 'throw-'));
afterAll(() => rmSync(directory, { recursive: true }));

const log = join(directory, 'log');
const write = (word: string) => [
  process.execPath,
  '-e',
  `require('node:fs').appendFileSync(${JSON.stringify(log)}, '${word} ')`,
];
const fail = [process.execPath, '-e', 'process.exit(1)'];

function commandOf(title: string, on: string[], off: string[]): FaultSwitch {
  const command = { on, off, deadlineMs: 60_000 };
  return { status: 500, operations: 'all', title, provenance: 'organic', recoverMs: 0, command };
}

test('a switch is in the journal before it is thrown, and is off only when that has worked', async () => {
  const journal = keepJournal();
  const fault = commandOf('f', fail, fail);
  await expect(switchOn(fault, 3, journal)).rejects.toThrow('The fault "f" could not be switched on: the command');
  expect(pendingSwitches(journal)).toMatchObject([{ switch: 3, state: 'on' }]);
  await expect(switchOff(fault, 3, journal)).rejects.toThrow('The fault "f" could not be switched off: the command');
  expect(pendingSwitches(journal)).toMatchObject([{ switch: 3, state: 'on' }]);
  await switchOff(commandOf('f', fail, write('off')), 3, journal);
  expect(pendingSwitches(journal)).toEqual([]);
});

test('what is on is switched off, the last first, and one that fails keeps none of the others on', async () => {
  rmSync(log, { force: true });
  const faults = [
    commandOf('a', write('a'), write('not-a')),
    commandOf('b', write('b'), fail),
    commandOf('c', write('c'), write('not-c')),
    commandOf('d', write('d'), write('not-d')),
  ];
  const journal = keepJournal();
  for (const index of [0, 1, 2, 3]) await switchOn(faults[index] as FaultSwitch, index, journal);
  await switchOff(faults[3] as FaultSwitch, 3, journal);
  expect(await switchAllOff(faults, journal)).toEqual([
    expect.stringMatching(/^The fault "b" could not be switched off/),
  ]);
  expect(readFileSync(log, 'utf8')).toBe('a b c d not-d not-c not-a ');
  expect(pendingSwitches(journal)).toMatchObject([{ switch: 1 }]);
});

test('a command that still throws a switch when its process is gone is ended first', async () => {
  const journal = keepJournal();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true });
  journal.note({ switch: 0, state: 'on' });
  journal.note({ switch: 0, state: 'on', group: child.pid as number });
  const ended = once(child, 'exit');
  expect(await switchAllOff([commandOf('a', fail, write('off'))], journal)).toEqual([]);
  expect(await ended).toEqual([null, 'SIGKILL']);
});

test('what a killed run has left on is switched off by the next; a Toxiproxy that is gone does not matter', () =>
  withToxiproxy('a stand-in', async ({ url, addProxy, look }) => {
    await addProxy('db', { host: '127.0.0.1', port: 9 });
    const toxic = { type: 'timeout', stream: 'downstream' as const, toxicity: 1, attributes: {} };
    const { command: _, ...rest } = commandOf('t', fail, fail);
    const fault: FaultSwitch = { ...rest, toxiproxy: { url, proxy: 'db', toxic } };
    await switchOn(fault, 0, keepJournal());
    expect((await look('db')).toxics).toHaveLength(1);
    const gone = { ...rest, toxiproxy: { url: 'http://127.0.0.1:9', proxy: 'db', toxic } };
    rmSync(log, { force: true });
    await sweepSwitches([fault, commandOf('c', fail, fail), gone, commandOf('d', fail, write('off'))]);
    expect(await look('db')).toEqual({ enabled: true, toxics: [] });
    expect(readFileSync(log, 'utf8')).toBe('off ');
    const cut: FaultSwitch = { ...rest, toxiproxy: { url, proxy: 'db', cut: true } };
    await switchOn(cut, 0, keepJournal());
    expect((await look('db')).enabled).toBe(false);
    await sweepSwitches([cut]);
    expect((await look('db')).enabled).toBe(true);
  }));
