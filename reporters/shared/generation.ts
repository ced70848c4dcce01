import type { Report } from '../../report/report.ts';
import { formatPlural } from './format.ts';

/** What was generated, and how to do it again; nothing when nothing was. */
export const describeGeneration = ({ target, cells }: Report): string | undefined => {
  if (target.generation === undefined) return undefined;
  const { level, seed } = target.generation;
  const sent = cells.reduce((sum, cell) => sum + (cell.probes?.sent ?? 0), 0);
  return `${formatPlural(sent, 'generated request')}: CONFORMANCE_GENERATE=${level} CONFORMANCE_SEED=${seed}`;
};
