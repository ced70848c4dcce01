import { expect, test } from 'vitest';
import { describeSince, sinceWhen } from '../../../reporters/shared/since.ts';

test('a cause is there since the earliest of its findings', () => {
  const findings = [{}, { since: '2026-11-21T23:30:00-02:00' }, { since: '2026-11-22T00:00:00.000Z' }];
  expect(sinceWhen(findings)).toBe('2026-11-22T00:00:00.000Z');
  expect(describeSince(findings)).toBe(', since 2026-11-22');
});

test('nothing is said of what is new', () => {
  expect(sinceWhen([{}])).toBeUndefined();
  expect(describeSince([])).toBe('');
});
