import type { Degenerate } from './degenerate.ts';

/** The right server, and a base URL that is not its own. */
export const AIMS: Degenerate[] = [
  '/..',
  '/wrong',
  '/../wrong',
  '/api',
  '/sinks',
  '/destinations',
  '/sinks/orders-sink',
].map((aim) => ({
  id: `aimed-at-${aim.replace('/..', '/root').slice(1).replaceAll('/', '-')}`,
  does: `is asked at ${aim} below its base URL`,
  aim,
  says: 'API_URL is not the base URL',
}));
