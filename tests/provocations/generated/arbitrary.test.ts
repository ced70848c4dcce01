import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryChanges } from '../../../provocations/generated/arbitrary.ts';

const TARGET = { pointer: '/name', key: 'name', value: 'x', schema: { type: 'string' }, required: true };

test('texts are made of characters from everywhere, and of whole ones only', () => {
  const texts = fc
    .sample(arbitraryChanges([TARGET] as never), { numRuns: 2000, seed: 1 })
    .flat()
    .flatMap(({ kind, value }) => (kind === 'any' && typeof value === 'string' ? [...value] : []));
  expect(texts.some((character) => character >= 'a' && character <= 'z')).toBe(true);
  expect(texts.some((character) => character.length === 2)).toBe(true);
  expect(texts.filter((character) => /\p{Cs}/u.test(character))).toEqual([]);
});

test('loading it takes next to no memory', async () => {
  const file = new URL('../../../provocations/generated/arbitrary.ts', import.meta.url).href;
  const script = `await import(${JSON.stringify(file)}); gc(); console.log(process.memoryUsage().heapUsed);`;
  const options = ['--expose-gc', '--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  expect(Number(stdout)).toBeGreaterThan(0);
  expect(Number(stdout)).toBeLessThan(30 * 1024 * 1024);
}, 30_000);
