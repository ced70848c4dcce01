import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VARIANTS } from '../reference/variants/catalogue.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const ROWS = readFileSync(`${ROOT}docs/situations.md`, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:situation|---)/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

test.each(ROWS)('what holds "%s" is there', (_situation, _says, since, held = '') => {
  expect(since).toMatch(/^20\d\d-\d\d$/);
  const names = [...held.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const form = new RegExp(`^${name.replaceAll('…', '.+')}$`);
    const isThere = name.endsWith('.test.ts')
      ? ['', 'tests/runner/', 'tests/judge/', 'tests/hostile/'].some((room) => existsSync(`${ROOT}${room}${name}`))
      : VARIANTS.some(({ id }) => form.test(id));
    expect(isThere, name).toBe(true);
  }
});
