import { expect, test } from 'vitest';
import { describePreflight } from '../../../reporters/shared/preflight.ts';
import { makeReport } from '../sample-report.ts';

const { target } = makeReport(2);

test.each([
  [{ showed: 'GET /things answered 200' }, 'GET /things answered 200'],
  [{ unshown: 'that it is there' }, 'not shown: that it is there'],
  [{ showed: 'POST /things answered 401', unshown: 'more' }, 'POST /things answered 401; not shown: more'],
])('the first look %o is told', (preflight, told) => {
  expect(describePreflight({ target: { ...target, preflight } })).toBe(told);
});

test('nothing is told where nothing was looked at', () => {
  const { preflight: _, ...rest } = target;
  expect(describePreflight({ target: rest })).toBeUndefined();
});
