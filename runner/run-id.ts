/** Nothing was named in this way before: 2026-11-01, in minutes since 1970. */
export const EARLIEST_MINUTE = Date.UTC(2026, 10, 1) / 60_000;

/**
 * The mark in the names that a run gives, `ecc-` and its id, whatever a server has made of it: letter case, other separators or none,
 * something before it or behind it.
 */
const MARK = /(?<![a-z0-9])ecc([-_. ]?)([0-9a-z]{8})([0-9a-z]{2})/g;

/**
 * A short id for a run: the minute in which it began, three random characters and two that check the others, so that a
 * name somebody else gave is not taken for one of ours. `now` is in milliseconds since 1970.
 */
export function newRunId(now: number = Date.now(), random: () => number = Math.random): string {
  const minute = Math.floor(now / 60_000)
    .toString(36)
    .padStart(5, '0');
  const body =
    minute +
    Math.floor(random() * 36 ** 3)
      .toString(36)
      .padStart(3, '0');
  return body + checkOf(body);
}

/** The id of the run that gave an object this name; undefined when no run did. */
export function runOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  for (const match of lower.matchAll(MARK)) {
    const [mark, separator, body = '', check] = match;
    if (checkOf(body) !== check || Number.parseInt(body.slice(0, 5), 36) < EARLIEST_MINUTE) continue;
    const rest = lower.slice(match.index + mark.length);
    // A word may begin in this way; hardly one has a digit in it.
    const isApart = separator === '' ? /^[0-9a-z]*\d/.test(body + rest) : !/^[0-9a-z]/.test(rest);
    if (isApart) return body + check;
  }
  return undefined;
}

/** When the run began that gave an object this name, in milliseconds since 1970; undefined when no run did. */
export function runStartOf(name: string): number | undefined {
  const run = runOf(name);
  return run === undefined ? undefined : Number.parseInt(run.slice(0, 5), 36) * 60_000;
}

/** Whether a name is one that this run gave, as far as the server has left of it what tells. */
export function bearsMark(name: string, run: string): boolean {
  const id = run.toLowerCase().replace(/[^0-9a-z]/g, '');
  return new RegExp(`ecc(?:[-_. ]${id}(?![0-9a-z])|${id})`).test(name.toLowerCase());
}

function checkOf(body: string): string {
  const sum = [...body].reduce((total, character) => (total * 31 + character.charCodeAt(0)) % 36 ** 2, 7);
  return sum.toString(36).padStart(2, '0');
}
