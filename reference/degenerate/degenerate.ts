import type { Alteration } from '../alteration.ts';

/** A server that is no implementation of the contract at all, whatever its answers look like. */
export type Degenerate = Alteration & {
  /** In small letters and hyphens; unique. */
  id: string;
  /** What it does, in a few words. */
  does: string;
  /** Below the base URL, where the suite is pointed (`/..` takes the prefix away); the base URL itself when absent. */
  aim?: string;
  /** Statuses of which no cell may pass; a route that is not there may have any documented 4xx, and does not count. */
  never?: number[];
  /** Set when no run may begin: what the sentence must hold that says why. */
  says?: string;
};
