import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const rows = readFileSync(new URL('SECURITY.md', ROOT), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, promise, file, title] = /^\| (.+?)\s+\| `(tests\/[^`]+)`: (.+?)\s+\|$/.exec(line) ?? [];
    return promise && file && title ? [[promise, file, title] as const] : [];
  });

test('every promise is in a row that can be read', () => {
  expect(rows.length).toBeGreaterThan(20);
});

test.each(rows)('“%s” names a test that exists', (_, file, title) => {
  expect(existsSync(new URL(file, ROOT)), file).toBe(true);
  const text = readFileSync(new URL(file, ROOT), 'utf8');
  expect(text, title).toContain(title);
});
