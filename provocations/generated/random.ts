/** Numbers from 0 (inclusive) to 1 (exclusive) that depend on the seed only. */
export type Random = () => number;

/** Makes a generator (mulberry32) from a seed and a text, so that each place of a run draws its own numbers. */
export function randomOf(seed: number, text: string): Random {
  let state = [...text].reduce((hash, character) => Math.imul(hash ^ character.charCodeAt(0), 0x01000193), seed | 0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Some of the items, well spread: `labels` names what an item covers, and an item whose labels were chosen less often comes
 * first. The same items, random numbers and count give the same choice.
 */
export function spread<Item>(items: Item[], count: number, labels: (item: Item) => string[], random: Random): Item[] {
  const open = items.map((item) => ({ item, labels: labels(item), order: random() })).sort((a, b) => a.order - b.order);
  const taken = new Map<string, number>();
  const chosen: Item[] = [];
  const weight = (entry: { labels: string[] }) => entry.labels.reduce((sum, label) => sum + (taken.get(label) ?? 0), 0);
  while (chosen.length < count && open.length > 0) {
    const least = open.reduce(
      (best, entry, index) => (weight(entry) < weight(open[best] as typeof entry) ? index : best),
      0,
    );
    const [entry] = open.splice(least, 1);
    if (!entry) break;
    chosen.push(entry.item);
    for (const label of entry.labels) taken.set(label, (taken.get(label) ?? 0) + 1);
  }
  return chosen;
}
