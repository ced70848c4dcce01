import type { ControlRecord, FreshEvidence, RetryWithEvidence } from './finding.ts';
import type { CellResult } from './judge-cell.ts';

/** What became of a control, and its evidence when it did not hold. */
export type ControlOutcome = {
  record: Omit<ControlRecord, 'evidence'>;
  evidence?: FreshEvidence;
  retries: RetryWithEvidence[];
};

/** One cell as it came back from whoever ran it. */
export type CellOutcome = CellResult & { controls: ControlOutcome[] };
