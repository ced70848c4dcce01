import type { ResponseRecord } from '../model/exchange.ts';
import { headerValues } from './checks/check.ts';

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';

/** The three forms of an HTTP-date (RFC 9110 §5.6.7); a recipient must take all of them. */
const HTTP_DATE = [
  new RegExp(`^${DAY}, \\d{2} ${MONTH} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT$`),
  new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \\d{2}-${MONTH}-\\d{2} \\d{2}:\\d{2}:\\d{2} GMT$`),
  new RegExp(`^${DAY} ${MONTH} [ \\d]\\d \\d{2}:\\d{2}:\\d{2} \\d{4}$`),
];

/** Milliseconds to wait from `now` (ms since the epoch) for a Retry-After value (RFC 9110 §10.2.3); undefined when it is malformed. */
export function parseRetryAfter(value: string, now: number): number | undefined {
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = parseHttpDate(text);
  return at === undefined ? undefined : Math.max(0, at - now);
}

/** Milliseconds since the epoch of an HTTP-date; undefined when it is none. */
function parseHttpDate(text: string): number | undefined {
  if (!HTTP_DATE.some((form) => form.test(text))) return undefined;
  const at = Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * Milliseconds that an answer asks to wait by its first Retry-After; undefined when it does not say. A date there is one of the
 * server's clock, which its Date header shows (RFC 9110 §6.6.1); where there is none, the clock is taken to show `now` (ms since the epoch).
 */
export function announcedWait(response: ResponseRecord, now: number): number | undefined {
  const [value] = headerValues(response, 'retry-after');
  const [date] = headerValues(response, 'date');
  return value === undefined ? undefined : parseRetryAfter(value, parseHttpDate(date?.trim() ?? '') ?? now);
}
