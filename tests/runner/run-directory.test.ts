import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  burstsOnce,
  faultsOnce,
  findTrouble,
  makeRunDirectory,
  removeRunDirectory,
  together,
} from '../../runner/run-directory.ts';

beforeAll(makeRunDirectory);
afterAll(removeRunDirectory);

test('faults and bursts are alone: beside each other no more than beside cells', async () => {
  let under = 0;
  let most = 0;
  const work = async () => {
    under += 1;
    most = Math.max(most, under);
    await sleep(50);
    under -= 1;
  };
  const alone = [
    faultsOnce(500, () => work().then(() => ({ answers: {} }))),
    faultsOnce(504, () => work().then(() => ({ answers: {} }))),
    burstsOnce(() => work().then(() => ({}))),
  ];
  // What begins now is held back until all of these are over.
  await Promise.all([...alone, sleep(10).then(() => together(work))]);
  expect(most).toBe(1);
});

test('trouble that a fault has left is known to whatever comes next', async () => {
  expect(findTrouble()).toBeUndefined();
  await faultsOnce(501, async (before) => ({ answers: {}, trouble: `broken, before that ${before}` }));
  expect(findTrouble()).toBe('broken, before that undefined');
  let heard: string | undefined;
  await faultsOnce(429, async (before) => {
    heard = before;
    return { answers: {} };
  });
  expect(heard).toBe(findTrouble());
});
