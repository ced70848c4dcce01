/** The kind of a change to a value that only chance chose. */
export const ANY = 'any';

/** Whether chance chose one of the values, so that another run makes another request of the same kinds. */
export function isByChance(kinds: readonly string[]): boolean {
  return kinds.some((kind) => kind.endsWith(` ${ANY}`));
}

/** Whether another run that sends these kinds sends the same: one change, and not one that only chance chose. */
export function isSteady(kinds: readonly string[]): boolean {
  return kinds.length === 1 && !isByChance(kinds);
}
