import { BUDGETS } from '../config/settings.ts';
import { DANGERS, type Generation } from '../plan/case.ts';
import { startReference } from '../reference/server.ts';
import type { Compared } from '../report/changes.ts';
import type { Report } from '../report/report.ts';
import { both, contractOf, type Dialect } from './dialects/dialect.ts';
import { toNight } from './night.ts';
import { CONTRACT, QUIET, type RunOptions, tryRun } from './run-suite.ts';
import { type Subject, tagsOf } from './subjects.ts';
import { findProblems } from './verdicts.ts';

/** What came of one subject; nothing in it but `ms` differs from one run to the next. */
export type Trial = {
  kind: Subject['kind'];
  id: string;
  /** The verdict, or the sentence with which no run began. */
  ended: string;
  /** Ids of the checks that found something, in the order of the alphabet. */
  tripped: string[];
  /** What is not as it should be, one sentence each; empty when the trial holds. */
  problems: string[];
  /** What the report comes to when another one is held beside it; absent where no run began. */
  night?: Compared;
  requests: number;
  ms: number;
};

/** How trials are run: on every operation rather than on what a subject needs. */
export type TrialOptions = { everything: boolean };

/** A small bucket: the burst for 429 is over sooner, and the rest of a trial never reaches it. */
export const RATE_LIMIT = { capacity: 300, perSecond: 20 };

/** What is enough of a deep run here, in requests. */
const DEEP_BUDGET = 5000;
const SEED = 1;

/** Runs the suite against a subject. */
export async function runTrial(subject: Subject, options: TrialOptions): Promise<Trial> {
  const startedAt = performance.now();
  let requests = 0;
  const outcome = await tryOn(subject, options, () => {
    requests += 1;
  });
  const isReport = typeof outcome !== 'string';
  return {
    kind: subject.kind,
    id: subject.id,
    ended: isReport ? outcome.verdict : outcome,
    tripped: isReport ? [...new Set(outcome.findings.map((finding) => finding.check))].sort() : [],
    problems: findProblems(subject, outcome),
    ...(isReport && subject.kind === 'mutant' && { night: toNight(outcome) }),
    requests,
    ms: Math.round(performance.now() - startedAt),
  };
}

/** The report of a run against a subject, or the sentence that says why there is none. */
export async function tryOn(
  subject: Subject,
  { everything }: TrialOptions,
  onSend: () => void = () => {},
): Promise<Report | string> {
  if ('dialect' in subject) return tryDialect(subject, onSend);
  const { alteration } = subject;
  const load = 'load' in alteration || subject.kind === 'reference';
  const reference = await startReference({
    operations: CONTRACT.operations,
    alteration,
    ...(load && !everything && { rateLimit: RATE_LIMIT }),
  });
  try {
    const run: RunOptions = { allow: load ? [...DANGERS] : QUIET, onSend };
    if (!everything) run.tags = tagsOf(subject);
    // The plain reference must stand everything that is asked of any subject.
    const level =
      subject.kind === 'reference' ? 'deep' : 'generation' in alteration ? alteration.generation : undefined;
    if (level) run.generation = generationOf(level, run.tags);
    const aim = 'aim' in alteration ? (alteration.aim ?? '') : '';
    return await tryRun({ ...reference, url: reference.url + aim }, run);
  } finally {
    await reference.close();
  }
}

/** The report of a run by another contract, against a reference that keeps it, but for what a breach breaks. */
async function tryDialect(subject: Subject & { dialect: Dialect }, onSend: () => void): Promise<Report | string> {
  const { dialect, alteration } = subject;
  const kept = dialect.keep();
  const isInstead = subject.kind === 'breach' && subject.alteration.instead === true;
  const reference = await startReference({
    operations: CONTRACT.operations,
    alteration: isInstead ? alteration : both(kept, alteration),
  });
  const tags = tagsOf(subject);
  try {
    return await tryRun(
      { ...reference, ...dialect.reach?.(reference) },
      {
        contract: contractOf(dialect),
        tags,
        // Only what is large is a load here: the bucket is never emptied.
        allow: [...QUIET, ...(dialect.provokes.includes(413) ? (['load'] as const) : [])],
        ...(subject.kind === 'dialect' && { generation: generationOf('quick', tags) }),
        onSend,
      },
    );
  } finally {
    await reference.close();
  }
}

/** As much of the usual budget as the operations of a trial would get in a whole run. */
function generationOf(level: 'quick' | 'deep', tags: string[] | undefined): Generation {
  const { operations } = CONTRACT;
  const part = operations.filter(({ tag }) => tags === undefined || tags.includes(tag)).length / operations.length;
  return { level, seed: SEED, budget: Math.round((level === 'quick' ? BUDGETS.quick : DEEP_BUDGET) * part) };
}
