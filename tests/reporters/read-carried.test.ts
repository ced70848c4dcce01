import { describe, expect, test } from 'vitest';
import { readCarried } from '../../reporters/read-carried.ts';

const whole = { record: { outcome: 'pass' }, tally: {}, findings: [], controls: [], retries: [] };
const read = (value: unknown) => readCarried(Buffer.from(JSON.stringify(value)));

describe('a carried result', () => {
  test('is read', () => {
    expect(read(whole)).toEqual(whole);
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
    expect(() => readCarried(Buffer.from('{"record":'))).toThrow(SyntaxError);
  });
});
