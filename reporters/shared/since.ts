import type { Finding } from '../../judge/finding.ts';
import { formatInstant } from './format.ts';

/** Since when a cause is there: the earliest run of those on end that had one of its findings. */
export const sinceWhen = (findings: readonly Pick<Finding, 'since'>[]): string | undefined =>
  findings.flatMap(({ since }) => since ?? []).sort((a, b) => Date.parse(a) - Date.parse(b))[0];

/** The same as the end of a line: `, since 2026-11-03`; nothing for what is new. */
export const describeSince = (findings: readonly Pick<Finding, 'since'>[]): string => {
  const since = sinceWhen(findings);
  return since === undefined ? '' : `, since ${formatInstant(since).slice(0, 10)}`;
};
