import type { Report } from '../../report/report.ts';
import { formatCount } from './format.ts';

/** So many sentences are told; the report has them all. */
const MOST = 3;

/** What the target made though it said otherwise, as one line each; none where it made nothing. */
export const describeUnasked = ({ unasked = [] }: Report): string[] => {
  const more = unasked.length - MOST;
  const rest = more > 0 ? [`made unasked: and ${formatCount(more)} more, in report.json`] : [];
  return [...unasked.slice(0, MOST).map((each) => `made unasked: ${each}`), ...rest];
};
