import { readFileSync } from 'node:fs';
import { isDeep, MOST_DEPTH } from '../config/is-deep.ts';
import type { CellOutcome } from '../judge/cell-outcome.ts';

/** Reads the result that a cell's test carries, by the path of its file; throws when it is none. */
export function readCarried(path: string): CellOutcome {
  const text = readFileSync(path, 'utf8');
  if (isDeep(text)) throw new Error(`it has more than ${MOST_DEPTH} values within each other`);
  const value = JSON.parse(text) as Partial<CellOutcome> | null;
  const { record, tally, findings, controls, retries } = value ?? {};
  if (!record?.outcome || !tally || ![findings, controls, retries].every(Array.isArray))
    throw new Error('it lacks a part of a result');
  return value as CellOutcome;
}
