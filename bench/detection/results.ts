/** What a tool made of one subject. */
export type Measured = {
  kind: string;
  id: string;
  /** Family of a seeded defect, or `variant`. */
  family: string;
  /** What failed that never failed on the plain reference. */
  found: string[];
  requests: number;
  ms: number;
};

/** All that one tool did. */
export type PeerResult = { name: string; version: string; command: string; date: string; trials: Measured[] };
