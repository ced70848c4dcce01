import { deriveResources } from '../plan/resources.ts';
import type { Alteration } from '../reference/alteration.ts';
import { DEGENERATE, type Degenerate } from '../reference/degenerate/catalogue.ts';
import { MUTANTS } from '../reference/mutants/catalogue.ts';
import type { Mutant } from '../reference/mutants/mutant.ts';
import { VARIANTS, type Variant } from '../reference/variants/catalogue.ts';
import { DIALECTS } from './dialects/catalogue.ts';
import type { Breach, Dialect } from './dialects/dialect.ts';
import { CONTRACT } from './run-suite.ts';

/** What a trial puts before the suite. */
export type Subject =
  | { kind: 'reference'; id: string; alteration: Alteration }
  | { kind: 'mutant'; id: string; alteration: Mutant }
  | { kind: 'variant'; id: string; alteration: Variant }
  | { kind: 'degenerate'; id: string; alteration: Degenerate }
  | { kind: 'dialect'; id: string; alteration: Alteration; dialect: Dialect }
  | { kind: 'breach'; id: string; alteration: Breach; dialect: Dialect };

/** All subjects, the plain reference first. */
export const SUBJECTS: Subject[] = [
  { kind: 'reference', id: 'reference', alteration: {} },
  ...MUTANTS.map((mutant): Subject => ({ kind: 'mutant', id: mutant.id, alteration: mutant })),
  ...VARIANTS.map((variant): Subject => ({ kind: 'variant', id: variant.id, alteration: variant })),
  ...DEGENERATE.map((each): Subject => ({ kind: 'degenerate', id: each.id, alteration: each })),
  ...DIALECTS.flatMap((dialect): Subject[] => [
    { kind: 'dialect', id: dialect.id, alteration: {}, dialect },
    ...dialect.breaches.map((each): Subject => ({ kind: 'breach', id: each.id, alteration: each, dialect })),
  ]),
];

/** The resource that trials run on by default: the smallest that has all nine errors. */
const HOME = 'http_endpoints';

/** Id of the operation without which nothing shows of what is altered, where there is one. */
function shownBy({ kind, alteration }: Subject): string | undefined {
  if (kind === 'mutant') return alteration.where.operation;
  return kind === 'variant' ? alteration.operation : undefined;
}

/** Tags of the operations that a trial needs: those of the altered operation's resource and of all that it builds on. */
export function tagsOf(subject: Subject): string[] {
  const id = shownBy(subject);
  const operation = CONTRACT.operations.find((each) => each.id === id);
  const user = CONTRACT.operations.find((each) => each.id === operation?.refusedWhileUsedBy);
  const resources = deriveResources(CONTRACT);
  const needed = new Set([operation?.tag ?? HOME, ...(user ? [user.tag] : [])]);
  for (const name of needed) {
    const resource = resources.find((each) => each.name === name);
    if (resource?.parent !== undefined) needed.add(resource.parent);
    for (const reference of resource?.references ?? []) needed.add(reference.resource);
  }
  return [...needed];
}
