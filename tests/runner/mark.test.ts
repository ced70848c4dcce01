import { expect, test } from 'vitest';
import { lastMarks, markPurpose, readMark } from '../../runner/mark.ts';
import { newRunId } from '../../runner/run-id.ts';

const AT = Date.UTC(2027, 3, 5, 6, 7);
const RUN = newRunId();

test('a mark tells of its run, and when it was made by the clock of the server', () => {
  const name = `ecc-${RUN}-${markPurpose(AT + 59_000)}`;
  expect(readMark(name)).toEqual({ run: RUN, at: AT });
  expect(readMark(`${name.toUpperCase()} (2)`)).toEqual({ run: RUN, at: AT });
});

test.each([
  `ecc-${RUN}-things-main`,
  `ecc-${RUN}-alive-main`,
  `ecc-${RUN}-alive-123`,
  `ecc-${RUN}-${markPurpose(AT)}7`,
  `ecc-${RUN}-${markPurpose(0)}`,
  `ecc-test00-${markPurpose(AT)}`,
])('%s is none', (name) => {
  expect(readMark(name)).toBeUndefined();
});

test('of several marks of a run the newest counts', () => {
  const other = newRunId(AT);
  const names = [20, 40, 30].map((minute) => `ecc-${RUN}-${markPurpose(AT + minute * 60_000)}`);
  const marks = lastMarks(['orders', ...names, `ecc-${other}-${markPurpose(AT)}`]);
  expect([...marks].sort()).toEqual(
    [
      [RUN, AT + 40 * 60_000],
      [other, AT],
    ].sort(),
  );
});
