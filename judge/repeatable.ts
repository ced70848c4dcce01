import { groupChecks } from './checks/group-checks.ts';
import type { FindingWithEvidence } from './finding.ts';
import { isLimit } from './limit.ts';

/**
 * Whether what a finding rests on may be sent again to see whether it shows twice. A finding about flicker itself is none of them, nor
 * a limit, which is waited for elsewhere, nor what was carried out: that has changed what a second request would meet.
 */
export function isRepeatable({ check, level, actual, evidence }: FindingWithEvidence): boolean {
  const { request, response } = evidence.exchange;
  const isSafe = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  const wasCarriedOut = !isSafe && actual !== null && actual >= 200 && actual < 300;
  const isGroup = groupChecks.some(({ id }) => id === check);
  return level !== 'MAY' && !isGroup && !isLimit(response) && !wasCarriedOut;
}
