import type { Pattern } from '../judge/fingerprint.ts';

/** Findings that are let be until a day: which, and on whose word. */
export type Waiver = Pattern & {
  reason: string;
  owner: string;
  /** URL or key. */
  issue: string;
  /** The last day on which it holds (YYYY-MM-DD, UTC). */
  expires: string;
  /** Set when the finding does not show in every run: that it does not says nothing. */
  intermittent?: true;
  /** The file it stands in, and its first and last line there. */
  file: string;
  lines: [first: number, last: number];
};

/**
 * What became of a waiver:
 * - `active`: it matched findings, which decide nothing;
 * - `silent`: intermittent, and its finding did not show;
 * - `unproven`: it matched nothing, and not all of its cells were provoked in full;
 * - `expired`: its day is over;
 * - `gone`: its finding no longer occurs: all of its cells were provoked in full;
 * - `unknown`: it names what does not exist.
 * The last three end the run red, and waive nothing.
 */
export type WaiverState = 'active' | 'silent' | 'unproven' | 'expired' | 'gone' | 'unknown';

/** A waiver, how many findings it matched, and on which cells. */
export type WaiverRecord = Waiver & {
  state: WaiverState;
  findings: number;
  cells: { operation: string; status: number }[];
  /** Set when it holds, and will not in two weeks. */
  soon?: true;
  /** Why it has to go, and which lines to delete; stands among the report's errors, too. */
  problem?: string;
};
