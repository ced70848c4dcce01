import type {
  CellRecord,
  ControlRecord,
  Counts,
  Evidence,
  Finding,
  Outcome,
  Retry,
  Untestable,
} from '../judge/finding.ts';
import type { Traits } from '../judge/fingerprint.ts';
import type { Unanswered } from '../plan/unanswered.ts';
import type { Clause, ClauseSet } from '../schemas/contract.ts';
import type { Gravity } from './gravity.ts';
import type { WaiverRecord } from './waiver.ts';

/** The report's own format version; changes when a field changes its meaning. */
export const REPORT_VERSION = 3;

/** What became of a status: as for its cells, and `incomplete` when nothing is wrong but some of its cells were not provoked. */
export type StatusOutcome = Outcome | 'incomplete';

/** The run in one word. */
export type Verdict = 'conformant' | 'non-conformant' | 'incomplete' | 'error';

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

/** A defect by its fingerprint; `counted` when it decides the verdict, and how many findings it stands for. */
export type Flaw = Traits &
  Pick<Finding, 'status' | 'level' | 'set'> & { gravity: Gravity; counted: boolean; findings: number };

/** What is different from the run before. */
export type Changes = {
  /** When the run before began (RFC 3339). */
  since: string;
  /** Its verdict. */
  verdict: Verdict;
  /** Found now, and not then, although it was looked at then. */
  new: Flaw[];
  /** Found now, and never looked at then. */
  firstSeen: Flaw[];
  /** Found then, and not now although it was looked at. */
  fixed: Flaw[];
  still: Flaw[];
  /** Cells that were provoked then, and not now. */
  lost: Untestable[];
  /** Found now and waived, whether it was found then or not. */
  waived?: Flaw[];
  /** What kept the suite from doing its job, and did not then; absent when nothing did. */
  errors?: string[];
  /** What could not be carried over from a report of an older format; absent when all was. */
  note?: string;
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

/** What the first look at a target showed, such as `GET /sinks answered 200`, and what it could not show; one of them at least. */
export type Preflight = { showed?: string; unshown?: string };

/** The whole run. Every other format is a pure function of it. */
export type Report = {
  reportVersion: typeof REPORT_VERSION;
  /** The format that it was read from, when that is an older one: its findings know neither condition nor place. */
  readFrom?: number;
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
    /** Absent when nothing was sent, and in reports of before. */
    preflight?: Preflight;
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
  /** Conditions that were provoked nowhere, because these operations document no answer to them; absent when there are none. */
  unanswered?: Unanswered[];
  /** What is different from the run before; absent when none was named. */
  changes?: Changes;
  /** What became of the waivers; absent when there are none. */
  waivers?: WaiverRecord[];
  /** What went before; absent when no earlier reports were named. */
  history?: History;
  controls: ControlRecord[];
  /** How many tries were made again, and the first of them; `waits` says what was away and was waited for, absent when nothing was. */
  retries: { limits: number; connections: number; examples: Retry[]; waits?: string[] };
  /** What the target made though it said otherwise, or nothing, and what became of it, in sentences; absent where it made nothing. */
  unasked?: string[];
  clauses: ClauseRecord[];
  /** Requests and answers, each kept once. */
  evidence: Evidence[];
  /** What earlier runs have left on the target and this one has not removed, a sentence each; absent when nothing is known of. It decides nothing. */
  leftovers?: string[];
  /** Messages of what kept the suite from doing its job. */
  errors: string[];
};
