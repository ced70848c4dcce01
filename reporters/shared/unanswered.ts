import { formatPlural } from './format.ts';

/** That a condition, as it is shown, was provoked nowhere: `taken: no answer is documented for it on 2 operations`. */
export const describeUnanswered = (condition: string, operations: readonly string[]): string =>
  `${condition}: no answer is documented for it on ${formatPlural(operations.length, 'operation')}`;
