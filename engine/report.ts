import type { Clause, ClauseSet, Level } from '../schemas/contract.ts';
import type { Exchange } from './exchange.ts';
import type { WaiverRecord } from './waiver.ts';

/** The report's own format version; changes when a field changes its meaning. */
export const REPORT_VERSION = 2;

/**
 * What became of a case or a cell:
 * - `pass`: provoked, its controls held, no counted MUST broken and no warning;
 * - `warn`: as pass, but a SHOULD, or a MUST of a set that does not count, is broken;
 * - `fail`: a counted MUST is broken;
 * - `untestable`: not provoked, and `reason` says what is missing;
 * - `not-applicable`: cannot occur here, and `reason` says why;
 * - `error`: the suite could not do its job (our fault or the network's, not theirs).
 */
export type Outcome = 'pass' | 'warn' | 'fail' | 'untestable' | 'not-applicable' | 'error';

/** What became of a status: as for its cells, and `incomplete` when nothing is wrong but some of its cells were not provoked. */
export type StatusOutcome = Outcome | 'incomplete';

/** Where an answer came from: the API itself, a mock or test switch, a proxy in front, a recording. */
export type Provenance = 'organic' | 'simulated' | 'gateway' | 'recorded';

/** The run in one word. */
export type Verdict = 'conformant' | 'non-conformant' | 'incomplete' | 'error';

/** The exchange that shows a finding, and the command that repeats it, both with stand-ins (see `stand-ins.ts`). */
export type Evidence = {
  exchange: Omit<Exchange, 'ms'>;
  curl: string;
  /** Length of the request's body, when only its start is kept. */
  requestBytes?: number;
};

/** Evidence before the report has pooled it. */
export type FreshEvidence = Evidence & { exchange: Exchange };

/** One clause that one exchange (or a group of them) does not hold. */
export type Finding = {
  check: string;
  clause: string;
  level: Level;
  set: ClauseSet;
  /** Operation id. */
  operation: string;
  /** The status of the cell. */
  status: number;
  case: string;
  provocation: string;
  /** Statuses the case may get. */
  expected: number[];
  /** Status it got; null when no response came. */
  actual: number | null;
  provenance: Provenance;
  /** JSON pointer into the response body; empty when the finding is not about a place in the body. */
  pointer: string;
  message: string;
  /** Findings with the same cluster have the same cause, as far as can be told. */
  cluster: string;
  /** How many generated requests of the cell showed it, when it was found by one; the smallest is the evidence. */
  seen?: number;
  /** Set when it did not show every time the request was sent: in `seen` of `tries`. Seen only once it decides nothing. */
  intermittent?: Rate;
  /** Index into the report's `waivers`, of the one that lets it be: it decides nothing then. */
  waived?: number;
  /** When the first of the earlier runs on end began that had the same flaw (RFC 3339); absent when the one before had not. */
  since?: string;
  /** Index into the report's `evidence`. */
  evidence: number;
};

/** A finding before the report has pooled its evidence. */
export type FindingWithEvidence = Omit<Finding, 'evidence'> & { evidence: FreshEvidence };

/** How often something showed in how many tries of the same request. */
export type Rate = { seen: number; tries: number };

/**
 * A try that said nothing about the API and was made again: a `limit` that nobody asked for (429, or 503 with Retry-After) or
 * a `connection` that broke or never came about.
 */
export type Retry = {
  /** Operation id. */
  operation: string;
  /** Status of the cell; absent for a control. */
  status?: number;
  /** Id of the case or control. */
  case: string;
  why: 'limit' | 'connection';
  /** Index into the report's `evidence`. */
  evidence: number;
};

/** A retry before the report has pooled its evidence. */
export type RetryWithEvidence = Omit<Retry, 'evidence'> & { evidence: FreshEvidence };

/** What became of one case. */
export type CaseRecord = {
  id: string;
  provocation: string;
  outcome: Outcome;
  expected: number[];
  actual: number | null;
  provenance: Provenance;
  /** Ids of the controls that had to hold first. */
  controls: string[];
  /** Why it is untestable or an error; absent otherwise. */
  reason?: string;
  /** Set on a generated case, which can only convict; only those that did are recorded. */
  probe?: true;
};

/** How many cases ended how. */
export type Counts = { total: number; pass: number; warn: number; fail: number; untestable: number; error: number };

/** An operation × a status. */
export type CellRecord = {
  operation: string;
  status: number;
  outcome: Outcome;
  /** `organic` when at least one organic case was provoked; absent when nothing was. */
  provenance?: Provenance;
  /** Why the cell is untestable, not applicable or an error. */
  reason?: string;
  counts: Counts;
  cases: CaseRecord[];
  /** Generated requests: how many were sent, how many showed something, and how many got which status (`none`: no answer). */
  probes?: { sent: number; broken: number; statuses: Record<string, number> };
  /** What came of each time that it was provoked, where its test was retried or repeated. */
  attempts?: { outcome: Outcome; reason?: string }[];
  /** Why some of what could provoke it was left out: that something does not show then proves nothing. Absent when nothing was. */
  partial?: string;
  /** Index into `evidence` of one answer of this cell, to show its shape; absent when nothing was sent. */
  sample?: number;
};

/** One of the nine statuses, over all operations. Counts are of cells. */
export type StatusRecord = {
  name: string;
  outcome: StatusOutcome;
  /** Cells where the error can occur. */
  applicable: number;
  /** Cells provoked organically. */
  provoked: number;
  /** Provoked cells whose outcome is pass or warn. */
  conforming: number;
  failing: number;
  /** Cells not provoked organically, those with simulated evidence only among them. */
  untestable: number;
  error: number;
  /** Cells with simulated or gateway evidence only; never part of `provoked`. */
  simulated: number;
  /** All cases of this status. */
  cases: Counts;
};

/** What became of one control. */
export type ControlRecord = {
  id: string;
  title: string;
  operation: string;
  held: boolean;
  /** What was required, in words. */
  expected: string;
  /** Status it got; null when no response came, or when it was not sent. */
  actual: number | null;
  reason?: string;
  /** Index into `evidence`, when it did not hold and was sent. */
  evidence?: number;
};

/** How a clause fared. */
export type ClauseRecord = Clause & {
  /** Check ids that judge it. */
  checks: string[];
  /** Exchanges (or groups) its checks were applied to. */
  judged: number;
  /** How many of them broke it. */
  broken: number;
};

/** Score of a clause set: of `judged` applications of its MUST clauses, `held` held. */
export type Score = { held: number; judged: number };

/** Something documented that was not provoked. */
export type Untestable = { operation: string; status: number; reason: string };

/** A check that found something in a cell; `counted` when that decides the verdict. */
export type Flaw = Pick<Finding, 'check' | 'operation' | 'status' | 'level' | 'set'> & { counted: boolean };

/** What is different from the run before. */
export type Changes = {
  /** When the run before began (RFC 3339). */
  since: string;
  /** Its verdict. */
  verdict: Verdict;
  new: Flaw[];
  /** Found then, and not now although its cell was provoked. */
  fixed: Flaw[];
  still: Flaw[];
  /** Cells that were provoked then, and not now. */
  lost: Untestable[];
  /** Found now and waived, whether it was found then or not. */
  waived?: Flaw[];
};

/** A run in a few numbers. Counts are of cells, but for those of findings. */
export type Night = {
  startedAt: string;
  verdict: Verdict;
  scores: Record<ClauseSet, Score>;
  counts: { provoked: number; failing: number; untestable: number; findings: number; waived: number };
};

/** Earlier runs on the same target by the same contract. */
export type History = {
  /** Oldest first; this run is not among them. */
  nights: Night[];
  /** How many reports were about something else. */
  others: number;
  /** How many files were no report. */
  skipped: number;
};

/** The whole run. Every other format is a pure function of it. */
export type Report = {
  reportVersion: number;
  /** All that differs between two identical runs. */
  run: {
    id: string;
    startedAt: string;
    durationMs: number;
    /** Milliseconds that each exchange of `evidence` took. */
    ms: number[];
    /** What the stand-ins in the rest of the report stand for: `{{id:1}}` → the id. */
    values: Record<string, string>;
  };
  verdict: Verdict;
  /** One sentence each: why the verdict is what it is. */
  reasons: string[];
  contract: { title: string; version: string };
  target: {
    url: string;
    profile: string;
    /** True for the reference API that the suite started itself. */
    embedded: boolean;
    /** Danger classes that were allowed. */
    allow: string[];
    /** Fault driver preset, when one was set. */
    faults?: string;
    /** How much input was generated, and from which seed; absent when none was. */
    generation?: { level: 'quick' | 'deep'; seed: number; budget: number };
    /** Clause sets whose MUSTs decide the verdict. */
    counts: ClauseSet[];
  };
  environment: { suite: string; node: string; platform: string };
  exchanges: number;
  scores: Record<ClauseSet, Score>;
  statuses: Record<string, StatusRecord>;
  /** In the contract's order; `path` is the template. */
  operations: { id: string; method: string; path: string; tag: string; summary: string }[];
  cells: CellRecord[];
  findings: Finding[];
  untestable: Untestable[];
  /** What is different from the run before; absent when none was named. */
  changes?: Changes;
  /** What became of the waivers; absent when there are none. */
  waivers?: WaiverRecord[];
  /** What went before; absent when no earlier reports were named. */
  history?: History;
  controls: ControlRecord[];
  /** How many tries were made again, and the first of them. */
  retries: { limits: number; connections: number; examples: Retry[] };
  clauses: ClauseRecord[];
  /** Requests and answers, each kept once. */
  evidence: Evidence[];
  /** Messages of what kept the suite from doing its job. */
  errors: string[];
};
