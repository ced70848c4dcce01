import type { CellOutcome, ControlOutcome } from '../judge/cell-outcome.ts';
import type { Catalogue } from '../judge/checks/catalogue.ts';
import type { CellRecord, Evidence, Finding, FreshEvidence, RetryWithEvidence } from '../judge/finding.ts';
import type { Tally } from '../judge/judge.ts';
import { countCases, listUntestable } from '../judge/outcome.ts';
import { cellKey } from '../plan/cell-key.ts';
import { type PlannedCell, whyUntestable } from '../plan/plan.ts';
import type { Unanswered } from '../plan/unanswered.ts';
import type { ClauseSet, Contract } from '../schemas/contract.ts';
import { type ClauseRecord, REPORT_VERSION, type Report, type Score } from './report.ts';
import { makeStandIns, replaceInExchange, type StandIns } from './stand-ins.ts';
import { summariseStatuses } from './status-records.ts';
import { decideVerdict, NOT_RUN } from './verdict.ts';

/** All that a report is made of. */
export type RunFacts = {
  run: Pick<Report['run'], 'id' | 'startedAt' | 'durationMs'>;
  contract: Contract;
  catalogue: Catalogue;
  cells: PlannedCell[];
  unanswered?: Unanswered[];
  /** Results by `cellKey`. */
  results: ReadonlyMap<string, CellOutcome>;
  /** Why a cell that was begun has no result, by `cellKey`. */
  crashes: ReadonlyMap<string, string>;
  target: Report['target'];
  environment: Report['environment'];
  errors: string[];
  /** What was away and was waited for, a sentence each. */
  waits?: string[];
  /** What the target made and did not tell of, in sentences. */
  unasked?: string[];
  /** What earlier runs have left on the target, a sentence each. */
  leftovers?: string[];
  /** Set when the run is only one shard of a run. */
  shard?: { current: number; total: number };
};

/**
 * Makes the report. The order of everything follows the contract, and stand-ins replace what only this run has, so that two runs
 * with the same outcome make the same report but for `run`.
 */
export function buildReport(given: RunFacts): Report {
  const standIns = makeStandIns(given.run.startedAt, given.target.embedded ? portOf(given.target.url) : undefined);
  const facts = withStandIns(given, standIns);
  const pool = makePool(standIns);
  const cells = facts.cells.map((cell) => recordCell(cell, facts, pool));
  const outcomes = facts.cells.flatMap((cell) => facts.results.get(cellKey(cell.operation.id, cell.status)) ?? []);
  const findings = outcomes.flatMap((outcome) =>
    outcome.findings.map((finding): Finding => ({ ...finding, evidence: pool.add(finding.evidence) })),
  );
  const controls = controlsOf(outcomes);
  const tally = sumTallies(outcomes.map((outcome) => outcome.tally));
  const clauses = recordClauses(facts.contract, facts.catalogue, tally);
  const statuses = summariseStatuses(facts.contract, cells);
  const { verdict, reasons } = decideVerdict({ ...facts, cells, findings, counts: facts.target.counts });
  return {
    reportVersion: REPORT_VERSION,
    run: { ...facts.run, ms: pool.ms, values: standIns.values },
    verdict,
    reasons: facts.shard ? [describePart(facts.shard), ...reasons] : reasons,
    contract: { title: facts.contract.title, version: facts.contract.version },
    target: facts.target,
    environment: facts.environment,
    exchanges:
      outcomes.reduce((sum, outcome) => sum + outcome.exchanges, 0) +
      [...controls.values()].reduce((sum, control) => sum + 1 + control.retries.length, 0),
    scores: scoreSets(clauses),
    statuses,
    operations: facts.contract.operations.map(({ id, method, path, tag, summary }) => ({
      id,
      method,
      path,
      tag,
      summary,
    })),
    cells,
    findings,
    untestable: listUntestable(cells),
    ...(facts.unanswered && facts.unanswered.length > 0 && { unanswered: facts.unanswered }),
    controls: [...controls.values()].map(({ record, evidence }) =>
      evidence ? { ...record, evidence: pool.add(evidence) } : record,
    ),
    retries: {
      ...recordRetries(
        [...controls.values()].flatMap((control) => control.retries).concat(outcomes.flatMap(({ retries }) => retries)),
        pool,
      ),
      ...(facts.waits && facts.waits.length > 0 && { waits: facts.waits }),
    },
    ...(facts.unasked && facts.unasked.length > 0 && { unasked: facts.unasked }),
    clauses,
    evidence: pool.all,
    ...(facts.leftovers && facts.leftovers.length > 0 && { leftovers: facts.leftovers }),
    errors: facts.errors,
  };
}

function describePart({ current, total }: { current: number; total: number }): string {
  return `this is shard ${current} of ${total}, and only a part of the run: merge the blobs of all with npm run merge`;
}

function portOf(url: string): string | undefined {
  return /:(\d+)(?:\/|$)/.exec(url)?.[1];
}

/** The same facts with stand-ins in all that is said of them; evidence gets its own where it is pooled. */
function withStandIns(facts: RunFacts, { replace }: StandIns): RunFacts {
  const say = <Said extends { reason?: string }>(said: Said): Said =>
    said.reason === undefined ? said : { ...said, reason: replace(said.reason) };
  const results = new Map<string, CellOutcome>();
  for (const { operation, status } of facts.cells) {
    const key = cellKey(operation.id, status);
    const result = facts.results.get(key);
    if (result === undefined) continue;
    const { record, findings, controls } = result;
    results.set(key, {
      ...result,
      record: { ...say(record), cases: record.cases.map(say) },
      findings: findings.map((finding) => ({ ...finding, message: replace(finding.message) })),
      controls: controls.map((control) => ({ ...control, record: say(control.record) })),
    });
  }
  return {
    ...facts,
    results,
    crashes: new Map([...facts.crashes].map(([key, crash]) => [key, replace(crash)])),
    target: { ...facts.target, url: facts.target.embedded ? replace(facts.target.url) : facts.target.url },
    errors: facts.errors.map(replace),
    ...(facts.waits && { waits: facts.waits.map(replace) }),
    ...(facts.unasked && { unasked: facts.unasked.map(replace) }),
    ...(facts.leftovers && { leftovers: facts.leftovers.map(replace) }),
  };
}

/** Where evidence is kept: `add` hands out an index. */
type Pool = { all: Evidence[]; ms: number[]; add(evidence: FreshEvidence): number };

/** Keeps each piece of evidence once: two that differ only by what stand-ins replace are one. */
function makePool(standIns: StandIns): Pool {
  const all: Evidence[] = [];
  const ms: number[] = [];
  const indexes = new Map<string, number>();
  return {
    all,
    ms,
    add(evidence) {
      const { ms: took, ...exchange } = replaceInExchange(evidence.exchange, standIns);
      const kept: Evidence = { ...evidence, exchange, curl: standIns.replace(evidence.curl) };
      const key = JSON.stringify(kept);
      const known = indexes.get(key);
      if (known !== undefined) return known;
      indexes.set(key, all.length);
      ms.push(Math.round(took * 10) / 10);
      return all.push(kept) - 1;
    },
  };
}

function recordCell(cell: PlannedCell, facts: RunFacts, pool: Pool): CellRecord {
  const key = cellKey(cell.operation.id, cell.status);
  const empty = { operation: cell.operation.id, status: cell.status, counts: countCases([]), cases: [] };
  if (cell.notApplicable !== undefined) return { ...empty, outcome: 'not-applicable', reason: cell.notApplicable };
  const result = facts.results.get(key);
  if (result) return result.sample ? { ...result.record, sample: pool.add(result.sample) } : result.record;
  const crash = facts.crashes.get(key);
  if (crash !== undefined) return { ...empty, outcome: 'error', reason: crash };
  const notRun = facts.shard ? 'it was not run in this shard' : NOT_RUN;
  return { ...empty, outcome: 'untestable', reason: whyUntestable(cell) ?? notRun };
}

/** So many retries are shown; a server that limits all night long would make the report as long as the night. */
const MOST_RETRIES = 50;

function recordRetries(retries: RetryWithEvidence[], pool: Pool): Report['retries'] {
  const limits = retries.filter(({ why }) => why === 'limit').length;
  const examples = retries.slice(0, MOST_RETRIES).map((retry) => ({ ...retry, evidence: pool.add(retry.evidence) }));
  return { limits, connections: retries.length - limits, examples };
}

/** Every control once. Shards send it once each: if it did not hold for one of them, that is what has to be seen. */
function controlsOf(outcomes: CellOutcome[]): Map<string, ControlOutcome> {
  const controls = new Map<string, ControlOutcome>();
  for (const control of outcomes.flatMap((outcome) => outcome.controls))
    if (controls.get(control.record.id)?.record.held !== false) controls.set(control.record.id, control);
  return controls;
}

function sumTallies(tallies: Tally[]): Tally {
  const sum: Tally = {};
  for (const tally of tallies) {
    for (const [check, { judged, broken }] of Object.entries(tally)) {
      const entry = sum[check] ?? { judged: 0, broken: 0 };
      sum[check] = { judged: entry.judged + judged, broken: entry.broken + broken };
    }
  }
  return sum;
}

function recordClauses(contract: Contract, catalogue: Catalogue, tally: Tally): ClauseRecord[] {
  const checks = [...catalogue.exchange, ...catalogue.group];
  return contract.clauses.map((clause) => {
    const ids = checks.filter((check) => check.clause === clause.id).map((check) => check.id);
    const total = (part: 'judged' | 'broken') => ids.reduce((sum, id) => sum + (tally[id]?.[part] ?? 0), 0);
    return { ...clause, checks: ids, judged: total('judged'), broken: total('broken') };
  });
}

function scoreSets(clauses: ClauseRecord[]): Record<ClauseSet, Score> {
  const score = (set: ClauseSet): Score => {
    const must = clauses.filter((clause) => clause.set === set && clause.level === 'MUST');
    const judged = must.reduce((sum, clause) => sum + clause.judged, 0);
    return { held: judged - must.reduce((sum, clause) => sum + clause.broken, 0), judged };
  };
  return { contract: score('contract'), http: score('http'), hygiene: score('hygiene') };
}
