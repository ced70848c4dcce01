import { BODY } from './body.ts';
import { HEADER } from './header.ts';
import { INPUT } from './input.ts';
import { LEAK } from './leak.ts';
import { MEANING } from './meaning.ts';
import type { Family, Mutant, Seeded } from './mutant.ts';
import { PLACE } from './place.ts';
import { STATUS } from './status.ts';

const SEEDED: Record<Family, Seeded[]> = {
  status: STATUS,
  body: BODY,
  place: PLACE,
  header: HEADER,
  meaning: MEANING,
  leak: LEAK,
  input: INPUT,
};

/** Every seeded defect there is, family by family. */
export const MUTANTS: Mutant[] = Object.entries(SEEDED).flatMap(([family, seeded]) =>
  seeded.map((each) => ({ ...each, family: family as Family })),
);
