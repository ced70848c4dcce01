import type { Alteration } from '../alteration.ts';
import type { Where } from '../altering.ts';

/** The families of seeded defects. */
export const FAMILIES = ['status', 'body', 'place', 'header', 'meaning', 'leak', 'input'] as const;

/** What a seeded defect breaks: statuses, bodies, one place only, headers and framing, the meaning of an error, secrecy, input. */
export type Family = (typeof FAMILIES)[number];

/** A seeded defect of the reference. */
export type Seeded = Alteration & {
  /** In small letters and hyphens; unique. */
  id: string;
  /** What is wrong, in a few words. */
  breaks: string;
  where: Where;
  /** Ids of exactly the checks that must find it, the one that it is about first. */
  trips: [string, ...string[]];
  /** Set when only the rate limit shows it, so that a run has to reach the limit. */
  load?: true;
  /** Set when only generated input shows it, at this level. */
  generation?: 'quick' | 'deep';
};

/** A seeded defect with its family. */
export type Mutant = Seeded & { family: Family };
