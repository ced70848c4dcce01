import type { Exchange } from '../model/exchange.ts';
import type { Provenance } from '../model/provenance.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { ClauseSet, Level } from '../schemas/contract.ts';

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
  /** What is wrong with the request, or the server; absent for a recording. */
  condition?: Condition;
  /** Of a probe: what is made wrong where, without the value that makes it so. */
  kind?: string;
  /** Statuses the case may get. */
  expected: number[];
  /** Status it got; null when no response came. */
  actual: number | null;
  /** The same as a class: the status itself below 500, `5xx`, or `none`. */
  seen: string;
  provenance: Provenance;
  /** JSON pointer into the response body; empty when the finding is not about a place in the body. */
  pointer: string;
  /** The place in the published body: names that the contract has, `*` for those that the server chooses, `0` for each index. */
  place: string;
  message: string;
  /** How many generated requests of the cell showed it, when it was found by one; the smallest is the evidence. */
  probes?: number;
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
  condition?: Condition;
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
  /**
   * Generated requests: how many were sent, how many showed something, how many got which status (`none`: no answer), and of
   * which kinds they were, those left out that no other run can be counted on to send.
   */
  probes?: { sent: number; broken: number; statuses: Record<string, number>; kinds: string[] };
  /** What came of each time that it was provoked, where its test was retried or repeated. */
  attempts?: { outcome: Outcome; reason?: string }[];
  /** Why some of what could provoke it was left out: that something does not show then proves nothing. Absent when nothing was. */
  partial?: string;
  /** Index into `evidence` of one answer of this cell, to show its shape; absent when nothing was sent. */
  sample?: number;
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

/** Something documented that was not provoked. */
export type Untestable = { operation: string; status: number; reason: string };
