import type { Exchange } from '../model/exchange.ts';
import { isByChance } from '../plan/probe-kinds.ts';
import type { Answer } from './answer.ts';
import type { FindingWithEvidence } from './finding.ts';
import { causeOf, fingerprintOf } from './fingerprint.ts';

/** What a probe showed. */
export type Shown = { finding: FindingWithEvidence; answer: Answer };

type Group = Shown & { probes: number };

/** Most kinds that one cause is shown with in a cell. */
const MOST_KINDS = 20;

/**
 * Of all that probes showed, the smallest for each cause and kind. What two changes show is left out where one of them shows it
 * alone, and what only chance came upon where anything else shows it; `left` are the kinds that are not shown for want of room.
 */
export function pickShown(all: readonly Shown[]): { shown: Group[]; left: Set<string> } {
  const shown: Group[] = [];
  const left = new Set<string>();
  for (const groups of groupBy(all, ({ finding }) => causeOf(finding))) {
    const kinds = groupBy(groups, ({ finding }) => fingerprintOf(finding)).map(smallestOf);
    const known = kinds.filter((each) => !isByChance(kindsOf(each)));
    // What only chance came upon is another value each time: one of them says as much as all.
    const [least] = [...kinds].sort((one, other) => sizeOf(one) - sizeOf(other));
    const telling =
      known.length === 0 && least ? [least] : known.filter((each) => !known.some((other) => saysMore(other, each)));
    const picked = telling.slice(0, MOST_KINDS);
    const [first, ...others] = [...picked].sort((one, other) => sizeOf(one) - sizeOf(other));
    if (first === undefined) continue;
    // All that showed the cause are counted, whichever stands for them.
    const rest = groups.length - others.reduce((sum, { probes }) => sum + probes, 0);
    shown.push({ ...first, probes: rest }, ...others);
    for (const { answer } of telling.slice(MOST_KINDS)) for (const kind of kindsOf({ answer })) left.add(kind);
  }
  return { shown, left };
}

/** Whether a kind says with less what another one says. */
function saysMore(one: Pick<Shown, 'answer'>, other: Pick<Shown, 'answer'>): boolean {
  const [mine, its] = [kindsOf(one), kindsOf(other)];
  return mine.length < its.length && mine.every((kind) => its.includes(kind));
}

function kindsOf({ answer }: Pick<Shown, 'answer'>): string[] {
  return answer.case.kinds ?? [];
}

function smallestOf(group: Shown[]): Group {
  const [first, ...others] = group as [Shown, ...Shown[]];
  const least = others.reduce((best, each) => (sizeOf(each) < sizeOf(best) ? each : best), first);
  return { ...least, probes: group.length };
}

/** How much there is to read of a request. */
function sizeOf({ finding }: Shown): number {
  const { request }: Exchange = finding.evidence.exchange;
  return request.target.length + (request.body === undefined ? 0 : Object.values(request.body).join('').length);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
