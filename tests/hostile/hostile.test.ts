import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startReference } from '../../reference/server.ts';
import { CONTRACT } from '../../selfcheck/run-suite.ts';
import type { Attacked } from './attack.ts';
import { HOSTILE } from './catalogue/catalogue.ts';
import { startFront } from './front.ts';
import type { Blame, Hostile } from './hostile.ts';

/** Longest run in milliseconds, on a machine that is busy with others. */
const LONGEST_RUN_MS = 120_000;

/**
 * Peak memory of a process in megabytes, some 250 of which it has before it meets anybody. Bodies are kept up to 1 MiB until
 * their cell is judged: summaries of a megabyte and bodies of sixty thousand fields cost most.
 */
const MOST_MB = 750;

/** Longest exchange in milliseconds: its deadline is 600 of time in which the process could read, and judging keeps it busy. */
const LONGEST_EXCHANGE_MS = 20_000;

/** Servers of one process, and processes at a time. */
const GROUP = 8;
const ABREAST = 2;

const VERDICTS: Record<Blame, string[]> = {
  theirs: ['non-conformant', 'error'],
  harmless: ['incomplete'],
  network: ['error'],
};

const attacked = new Map<string, Attacked>();
const peaks: number[] = [];
const closing: (() => Promise<void>)[] = [];

/** Brings up the servers of a group here, and runs the suite against them in a process of its own. */
async function attackAll(group: Hostile[]): Promise<void> {
  const targets = await Promise.all(
    group.map(async (hostile) => {
      const reference = await startReference({ operations: CONTRACT.operations });
      const front = await startFront(hostile, Number(new URL(reference.url).port));
      closing.push(front.close, reference.close);
      const { token, adminToken } = reference;
      return { id: hostile.id, target: { url: `http://127.0.0.1:${front.port}/api`, token, adminToken } };
    }),
  );
  const script = new URL('./run-group.ts', import.meta.url).pathname;
  const args = ['--import', 'tsx', script, JSON.stringify(targets)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
  for (const line of stdout.trim().split('\n')) {
    const found = JSON.parse(line) as Attacked | { peakMb: number };
    if ('peakMb' in found) peaks.push(found.peakMb);
    else attacked.set(found.id, found);
  }
}

beforeAll(async () => {
  // Neighbours are alike: dealt out, no process gets all that take long.
  const count = Math.ceil(HOSTILE.length / GROUP);
  const groups = Array.from({ length: count }, (_, at) => HOSTILE.filter((__, index) => index % count === at));
  const work = async () => {
    for (let group = groups.shift(); group; group = groups.shift()) await attackAll(group);
  };
  await Promise.all(Array.from({ length: ABREAST }, work));
}, 600_000);
afterAll(async () => {
  for (const close of closing) await close();
});

test('there are fifty of them at least, each with a name of its own', () => {
  expect(new Set(HOSTILE.map(({ id }) => id)).size).toBe(HOSTILE.length);
  expect(HOSTILE.length).toBeGreaterThanOrEqual(50);
});

describe('a server that', () => {
  test.each(HOSTILE.map((each) => [each.does, each] as const))('%s', (_, { id, blame, checks = [] }) => {
    const found = attacked.get(id) as Attacked;
    expect(VERDICTS[blame]).toContain(found.verdict);
    if (blame === 'theirs') expect(found.isBroken).toBe(true);
    else expect(found.isContractBroken).toBe(false);
    expect(found.checks).toEqual(expect.arrayContaining(checks));
    expect(found.active).toEqual([]);
    expect(found.ms).toBeLessThan(LONGEST_RUN_MS);
    expect(found.longestMs).toBeLessThan(LONGEST_EXCHANGE_MS);
    expect(found.htmlSize).toBeLessThan(5_000_000);
  });
});

test('none of them costs a process much memory', () => {
  expect(peaks.length).toBeGreaterThan(1);
  expect(Math.max(...peaks)).toBeLessThan(MOST_MB);
});
