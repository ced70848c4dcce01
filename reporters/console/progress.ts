import type { Outcome } from '../../judge/finding.ts';
import { formatCount, formatDuration } from '../shared/format.ts';
import { OUTCOME_SYMBOL, OUTCOME_WORD } from '../shared/outcomes.ts';
import type { Pen, Piece } from './pen.ts';

/**
 * How far a run is: cells to test, cells tested by what became of them, the time since the first began, and, where that is known,
 * the share of its requests that were sent (from 0 to 1).
 */
export type Progress = { total: number; outcomes: ReadonlyMap<string, Outcome>; elapsedMs: number; share?: number };

const SHOWN: readonly Outcome[] = ['pass', 'warn', 'fail', 'untestable', 'error'];

/** Less than this says nothing yet about the rest. */
const FIRST_MS = 2000;

const countOf = ({ outcomes }: Progress, outcome: Outcome): number =>
  [...outcomes.values()].filter((each) => each === outcome).length;

/** Milliseconds that the rest will take at the pace so far; undefined while that is too early to say, or nothing is left. */
export const estimateLeft = ({ total, outcomes, elapsedMs, share = 1 }: Progress): number | undefined => {
  // Cells differ by a hundredfold in what they take, requests do not; once all are sent, what is left is to say what came of them.
  const done = share < 1 ? share : outcomes.size / total;
  if (elapsedMs < FIRST_MS || !(done > 0) || outcomes.size >= total) return undefined;
  return (elapsedMs / done) * (1 - done);
};

/** How far the run is, on one line. */
export const progressLine = (progress: Progress, pen: Pen): string => {
  const { total, outcomes } = progress;
  const counts = SHOWN.flatMap((outcome): Piece[] => {
    const count = countOf(progress, outcome);
    return count === 0
      ? []
      : ['  ', [outcome, `${OUTCOME_SYMBOL[outcome]} ${formatCount(count)} ${OUTCOME_WORD[outcome]}`]];
  });
  const left = estimateLeft(progress);
  const time: Piece[] = left === undefined ? [] : [['soft', `  about ${sayLeft(left)} left`]];
  return pen.line(`${formatCount(outcomes.size)} of ${formatCount(total)} cells`, ...counts, ...time);
};

/** In whole seconds: tenths of an estimate would be made up. */
const sayLeft = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
};
