const WHOLE = new Intl.NumberFormat('en-US');

/** A whole number with thousands separators: `12,304`. */
export const formatCount = (count: number): string => WHOLE.format(count);

/** A count and its noun: `1 cell`, `2 cells`; `many` for nouns that do not take an s. */
export const formatPlural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** Milliseconds as a person says them: `840 ms`, `12.4 s`, `3 min 08 s`. */
export const formatDuration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${formatCount(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`;
};

/** An RFC 3339 instant in UTC, to the second: `2026-11-22 13:04:38 UTC`; unchanged when it is no instant. */
export const formatInstant = (instant: string): string => {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
};

/** A share as a whole percentage that reaches 0 and 100 only when it truly is: 999 of 1000 is `99 %`. */
export const formatShare = (part: number, whole: number): string => {
  if (whole === 0) return '–';
  if (part === 0 || part === whole) return part === 0 ? '0 %' : '100 %';
  return `${Math.min(99, Math.max(1, Math.round((part / whole) * 100)))} %`;
};
