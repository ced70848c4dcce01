/** Begins every name that a run gives. */
const PREFIX = 'ecc-';

/** Nothing was named in this way before: 2026-11-01, in minutes since 1970. */
const EARLIEST = Date.UTC(2026, 10, 1) / 60_000;

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

/** When the run began that gave an object this name, in milliseconds since 1970; undefined when no run did. */
export function runStartOf(name: string): number | undefined {
  const [, body, check] =
    /^([0-9a-z]{8})([0-9a-z]{2})-/.exec(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '') ?? [];
  if (body === undefined || checkOf(body) !== check) return undefined;
  const minute = Number.parseInt(body.slice(0, 5), 36);
  return minute < EARLIEST ? undefined : minute * 60_000;
}

function checkOf(body: string): string {
  const sum = [...body].reduce((total, character) => (total * 31 + character.charCodeAt(0)) % 36 ** 2, 7);
  return sum.toString(36).padStart(2, '0');
}
