import type { Exchange } from '../model/exchange.ts';
import type { Case } from '../plan/case.ts';

/**
 * Whether nothing came before this run's own deadline where it is the wait for something slow that is to end in an error: that error may
 * come later than anybody here waited, so that the silence says nothing.
 */
export function isLate({ condition }: Partial<Pick<Case, 'condition'>>, { failure }: Exchange): boolean {
  return condition === 'slow-upstream' && failure?.kind === 'timeout';
}
