import { expect, test } from 'vitest';
import { renderBadge } from '../../reporters/badge.ts';
import { makeReport } from './sample-report.ts';

test.each([
  ['conformant', 'conformant', 'brightgreen'],
  ['incomplete', 'incomplete', 'yellow'],
  ['non-conformant', 'non-conformant', 'red'],
  ['error', 'error', 'lightgrey'],
] as const)('%s', (verdict, message, color) => {
  const badge = JSON.parse(renderBadge({ ...makeReport(2), verdict }));
  expect(badge).toEqual({ schemaVersion: 1, label: 'error contract', message, color });
});
