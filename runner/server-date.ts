import type { Exchange } from '../model/exchange.ts';

/** When the server says that it answered (RFC 9110 §6.6.1), in milliseconds since 1970; undefined when it does not say. */
export function serverDate({ response }: Pick<Exchange, 'response'>): number | undefined {
  const text = response?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1];
  const date = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : date;
}
