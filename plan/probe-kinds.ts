/** The kind of a change to a value that only chance chose. */
export const ANY = 'any';

/** Whether another run that sends these kinds sends the same: one change, and not one that only chance chose. */
export function isSteady(kinds: readonly string[]): boolean {
  return kinds.length === 1 && !kinds.some((kind) => kind.endsWith(` ${ANY}`));
}
