import type { Alteration } from '../alteration.ts';

/** A reference that behaves in an unusual way and breaks nothing. */
export type Variant = Alteration & {
  /** In small letters and hyphens; unique. */
  id: string;
  /** What is unusual, in a few words. */
  differs: string;
  /** Set when only the rate limit shows it, so that a run has to reach the limit. */
  load?: true;
  /** Id of the operation that shows it, where those of the smallest resource do not. */
  operation?: string;
};
