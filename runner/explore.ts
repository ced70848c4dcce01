import * as fc from 'fast-check';
import { type Answer, matterOf } from '../judge/answer.ts';
import { causeOf } from '../judge/fingerprint.ts';
import { judgeExchange } from '../judge/judge.ts';
import { isLimit } from '../judge/limit.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Case, Provocation } from '../plan/case.ts';
import { type PlannedCell, stamp } from '../plan/plan.ts';
import { arbitraryChanges } from '../provocations/generated/arbitrary.ts';
import type { Change } from '../provocations/generated/changes.ts';
import { bodyGenerators, GENERATED_BODY, type Generator, shareOf } from '../provocations/generated/generator.ts';
import { randomOf } from '../provocations/generated/random.ts';
import { type Groundwork, whyBlocked } from './groundwork.ts';
import type { Sent } from './send-patiently.ts';
import { type Session, sceneOf } from './session.ts';

/** Sends a probe; rejects never. */
export type SendProbe = (probe: Case) => Promise<Sent>;

/**
 * Searches a cell's operation for bodies that break the contract, with what is left of the cell's share of the budget after
 * `used` requests. Whatever is found is made as small as it goes, and the search goes on for other causes. The same seed
 * makes the same requests, as long as they are answered in the same way.
 */
export async function explore(
  session: Session,
  cell: PlannedCell,
  groundwork: Groundwork,
  used: number,
  send: SendProbe,
): Promise<Answer[]> {
  const { generation } = session.capabilities;
  const scene = sceneOf(session, groundwork.world);
  const provocation = cell.provocations.find(({ id }) => id === GENERATED_BODY);
  if (!generation || !provocation) return [];
  const generators = bodyGenerators(cell.operation, scene).filter(({ targets }) => targets.length > 0);
  const answers: Answer[] = [];
  for (const [index, generator] of generators.entries()) {
    const left = shareOf(scene, generation) - used - answers.length;
    const share = Math.floor(left / (generators.length - index));
    const random = randomOf(generation.seed, `${cell.operation.id} search ${generator.form}`);
    const seed = Math.floor(random() * 2 ** 31);
    answers.push(...(await search({ session, cell, provocation, groundwork, generator, share, seed, send })));
  }
  return answers;
}

/** How many requests the search of a cell takes after `used` ones. */
export function searchSize(
  { capabilities, contract, resources }: Session,
  cell: PlannedCell,
  { world }: Groundwork,
  used: number,
): number {
  const { generation } = capabilities;
  if (!generation || !cell.provocations.some(({ id }) => id === GENERATED_BODY)) return 0;
  const scene = { contract, resources, capabilities, world };
  const isSearched = bodyGenerators(cell.operation, scene).some(({ targets }) => targets.length > 0);
  return isSearched ? Math.max(0, shareOf(scene, generation) - used) : 0;
}

type Search = {
  session: Session;
  cell: PlannedCell;
  provocation: Provocation;
  groundwork: Groundwork;
  generator: Generator;
  /** Most requests. */
  share: number;
  seed: number;
  send: SendProbe;
};

/** One search after another, each with the causes known so far taken for granted, until nothing new or no budget is left. */
async function search({
  session,
  cell,
  provocation,
  groundwork,
  generator,
  share,
  seed,
  send,
}: Search): Promise<Answer[]> {
  const answers: Answer[] = [];
  const known = new Set<string>();
  const arbitrary = arbitraryChanges(generator.targets);
  for (let round = 0; answers.length < share; round++) {
    const before = answers.length;
    // Of one counterexample fast-check tries ever smaller ones; all of these belong to the first one's causes.
    let hunted: string[] | undefined;
    const property = fc.asyncProperty(arbitrary, async (changes: Change[]) => {
      if (answers.length >= share) return true;
      const draft = generator.probe(changes, ` #${seed + round}.${answers.length}`);
      const probe = draft && stamp(draft, provocation, cell, session.contract);
      if (!probe || whyBlocked(probe, groundwork) || !session.capabilities.allow.includes(probe.danger)) return true;
      const sent = await send(probe);
      const { exchange } = sent;
      answers.push({ case: probe, exchanges: [sent] });
      const causes = causesOf(session, cell, probe, exchange).filter((cause) => !known.has(cause));
      if (causes.length === 0) return true;
      hunted ??= causes;
      return !causes.some((cause) => hunted?.includes(cause));
    });
    const { failed } = await fc.check(property, {
      seed: seed + round,
      numRuns: share - answers.length,
      endOnFailure: false,
    });
    for (const cause of hunted ?? []) known.add(cause);
    if (!failed || answers.length === before) break;
  }
  return answers;
}

/** The causes of what is wrong with an answer to a probe. */
function causesOf(session: Session, cell: PlannedCell, probe: Case, exchange: Exchange): string[] {
  // A limit that was not asked for says nothing.
  if (isLimit(exchange.response)) return [];
  const matter = matterOf(cell.operation.id, cell.status, probe, exchange, session.law);
  const findings = judgeExchange(exchange, matter, session.law, {});
  return [...new Set(findings.filter(({ level }) => level === 'MUST').map(causeOf))];
}
