import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCarried } from '../../reporters/read-carried.ts';
import { makeDirectory } from '../support/make-directory.ts';

const whole = { record: { outcome: 'pass' }, tally: {}, findings: [], controls: [], retries: [] };
const readText = (text: string) => {
  const path = join(makeDirectory(), 'cell.json');
  writeFileSync(path, text);
  return readCarried(path);
};
const read = (value: unknown) => readText(JSON.stringify(value));

describe('a carried result', () => {
  test('is read', () => {
    expect(read(whole)).toEqual(whole);
  });

  test('does not nest without an end', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(() => readText(`{"record":${deep}}`)).toThrow('it has more than 200 values within each other');
  });

  test.each([
    null,
    1,
    [],
    {},
    ...Object.keys(whole).map((key) => ({ ...whole, [key]: undefined })),
    { ...whole, findings: {} },
  ])('is not %j', (value) => {
    expect(() => read(value)).toThrow('it lacks a part of a result');
  });

  test('is not what is no JSON', () => {
    expect(() => readText('{"record":')).toThrow(SyntaxError);
  });
});
