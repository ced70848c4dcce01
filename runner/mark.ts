import { EARLIEST_MINUTE, runOf } from './run-id.ts';

/*
 * How a run tells others that it is under way, so that none of them takes its objects for those of a run that was killed.
 *
 * While a run writes, one of its objects is its mark: its name holds the minute in which it was made, by the clock of the SERVER, as
 * the `Date` of an answer just before told it. It is made anew every 10 minutes before the old one is removed. Whoever sweeps compares that
 * minute with the `Date` of its own lists. No clock of a machine that runs this suite is asked, so that it does not matter how wrong
 * these are; and since the newest mark of a run that is under way is some 10 minutes old at any time, one that is an hour old is of a run
 * that is not. A run that cannot make it anew takes it away before it is old; one that could do neither for an hour ends by itself.
 *
 * What is in doubt stays: objects of a run without a mark that can be read (it was killed too early, its API cannot hold one, an older version
 * made them), and all of them where answers have no `Date`. Of several answers whoever marks believes the latest `Date`, and whoever
 * sweeps the earliest, so that caches and servers whose clocks differ only ever make a run look younger.
 */

/** A mark is made anew so often, and is old after so long; in milliseconds. */
export const RENEW_MS = 10 * 60_000;
export const OLD_MS = 60 * 60_000;

/** What a name tells that is a mark: of which run, and when it was made by the server's clock, in milliseconds since 1970. */
export type Mark = { run: string; at: number };

const MINUTE_MS = 60_000;

/** What the name of a mark has behind its run; `at` is in milliseconds since 1970, by the server's clock. */
export function markPurpose(at: number): string {
  return `alive-${Math.floor(at / MINUTE_MS)}`;
}

/** Reads a mark, whatever a server has made of its letter case and separators; undefined for any other name. */
export function readMark(name: string): Mark | undefined {
  const run = runOf(name);
  const minute = Number(/alive[-_. ]?(\d{8})(?!\d)/.exec(name.toLowerCase())?.[1] ?? 0);
  return run === undefined || minute < EARLIEST_MINUTE ? undefined : { run, at: minute * MINUTE_MS };
}

/** When each run was last known to be under way, of the runs that have a mark among these names; in milliseconds since 1970. */
export function lastMarks(names: readonly string[]): Map<string, number> {
  const marks = names.flatMap((name) => readMark(name) ?? []).sort((one, other) => one.at - other.at);
  return new Map(marks.map(({ run, at }) => [run, at]));
}
