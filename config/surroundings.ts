import { supportsColor } from 'chalk';

/** What a run finds around it: the terminal it writes to, and the CI system it runs in. */
export type Surroundings = {
  color: boolean;
  /** Columns and rows to write for. */
  width: number;
  height: number;
  /** Whether somebody watches: a line may then be drawn over and over. */
  live: boolean;
  /** The file whose text GitHub shows beside the step. */
  stepSummary?: string;
  /** Whether lines that begin with `::error` become annotations. */
  annotate: boolean;
};

/** The part of a stream that says what it writes to. */
type Screen = { isTTY?: boolean; columns?: number; rows?: number };

/** The screen that everything has to fit where none tells its size. */
const SCREEN = { columns: 80, rows: 24 };

/**
 * Reads the surroundings. NO_COLOR, unless empty, turns colour off whatever else is set, as in Playwright's own reporters; chalk,
 * which knows FORCE_COLOR and the terminals, does not know it.
 */
export function readSurroundings(
  env: Record<string, string | undefined> = process.env,
  screen: Screen = process.stdout,
  hasColor = Boolean(supportsColor),
  args: readonly string[] = process.argv,
): Surroundings {
  const isWatched = screen.isTTY === true && env.TERM !== 'dumb' && !env.CI;
  // Reporters that are asked for beside this one may write in between.
  const isAlone = !args.some((arg) => arg.startsWith('--reporter'));
  return {
    color: hasColor && !env.NO_COLOR,
    width: screen.columns || SCREEN.columns,
    height: Math.max(SCREEN.rows, screen.rows ?? 0),
    live: isWatched && isAlone,
    annotate: env.GITHUB_ACTIONS === 'true',
    ...(env.GITHUB_STEP_SUMMARY && { stepSummary: env.GITHUB_STEP_SUMMARY }),
  };
}
