import type { Finding } from '../../judge/finding.ts';
import type { Report } from '../../report/report.ts';
import { formatPlural } from './format.ts';

/** What said nothing about the API and was tried again; nothing when all went well at the first try. */
export const describeRetries = ({ retries: { limits, connections } }: Report): string | undefined => {
  const parts = [
    ...(limits > 0 ? [formatPlural(limits, 'limit that nobody asked for', 'limits that nobody asked for')] : []),
    ...(connections > 0 ? [formatPlural(connections, 'broken connection')] : []),
  ];
  return parts.length === 0 ? undefined : `tried again after ${parts.join(' and ')}`;
};

/** So many waits are told; the report has them all. */
const MOST_WAITS = 2;

/** What was away and was waited for; nothing when nothing was. */
export const describeWaits = ({ retries: { waits = [] } }: Report): string | undefined => {
  if (waits.length === 0) return undefined;
  const more = waits.length - MOST_WAITS;
  return `waited: ${waits.slice(0, MOST_WAITS).join(' ')}${more > 0 ? ` And ${formatPlural(more, 'more time', 'more times')}.` : ''}`;
};

/** How often a finding showed, when it did not do so each time. */
export const describeRate = ({ intermittent }: Pick<Finding, 'intermittent'>): string | undefined =>
  intermittent && `intermittent: seen in ${intermittent.seen} of ${intermittent.tries} tries`;
