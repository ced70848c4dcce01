/** Things that share a reason. */
export type ReasonGroup<T> = { reason: string; items: T[] };

/** Groups things by their reason, the commonest reason first; ties keep their order. */
export const groupByReason = <T>(items: readonly T[], reasonOf: (item: T) => string): ReasonGroup<T>[] => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(reasonOf(item));
    if (group === undefined) groups.set(reasonOf(item), [item]);
    else group.push(item);
  }
  return [...groups]
    .map(([reason, found]) => ({ reason, items: found }))
    .sort((a, b) => b.items.length - a.items.length);
};
