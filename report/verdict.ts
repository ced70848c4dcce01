import type { CellRecord, Finding } from '../judge/finding.ts';
import { isCounted, isProvoked, type Weight, wasSeenOnce } from '../judge/outcome.ts';
import type { ClauseSet } from '../schemas/contract.ts';
import { isGravest } from './gravity.ts';
import type { Changes, Report, Verdict } from './report.ts';

/** Why a cell was not provoked that nobody selected: it says nothing about the API, nor about what can be tested. */
export const NOT_RUN = 'it was not run';

/** What the verdict is decided by. */
export type Grounds = {
  cells: CellRecord[];
  findings: (Weight & Pick<Finding, 'status' | 'operation'>)[];
  counts: ClauseSet[];
  errors: string[];
};

/**
 * The run in one word, and why. A violation that was seen stands whatever else went wrong; without one, a suite that could
 * not do its job says so before it says that something is missing.
 */
export function decideVerdict({ cells, findings, counts, errors }: Grounds): { verdict: Verdict; reasons: string[] } {
  const counted = findings.filter((finding) => isCounted(finding, counts));
  const broken = cells.filter((cell) => cell.outcome === 'error');
  const missing = cells.filter((cell) => cell.outcome === 'untestable');
  const provoked = cells.filter(isProvoked);
  // Evidence that is not the API's own still shows that the suite worked; a run without any has shown nothing at all.
  const idle = provoked.length === 0 && cells.every((cell) => cell.provenance === undefined);
  // What kept the run from beginning says all there is to say.
  if (idle && errors.length > 0 && counted.length === 0) return { verdict: 'error', reasons: errors };
  const reasons: string[] = [];
  const failing = new Set(
    [...counted, ...cells.filter((cell) => cell.outcome === 'fail')].map((each) => `${each.operation} ${each.status}`),
  );
  if (failing.size > 0) {
    reasons.push(`${plural(failing.size, 'cell')} of ${plural(provoked.length, 'provoked cell')} broke a MUST`);
  }
  reasons.push(...errors);
  if (idle) reasons.push('nothing was provoked');
  if (broken.length > 0)
    reasons.push(`${plural(broken.length, 'cell')} could not be judged, because the suite could not do its job there`);
  if (missing.length > 0)
    reasons.push(
      `${plural(missing.length, 'cell')} that can occur ${missing.length === 1 ? 'was' : 'were'} not provoked`,
    );
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  const once = findings.filter(
    (finding) => finding.level === 'MUST' && wasSeenOnce(finding) && finding.waived === undefined,
  ).length;
  if (reasons.length === 0)
    reasons.push(
      `all ${plural(provoked.length, 'cell')} that can occur ${provoked.length === 1 ? 'was' : 'were'} provoked and conform${waived > 0 ? ', but for what is waived' : ''}`,
    );
  if (once > 0)
    reasons.push(`${plural(once, 'finding')} showed once and never again: shown, and not held against the API`);
  if (waived > 0)
    reasons.push(
      `${plural(waived, 'finding')} ${waived === 1 ? 'is' : 'are'} waived: shown, still in the scores, and not held against the API`,
    );
  if (failing.size > 0) return { verdict: 'non-conformant', reasons };
  if (errors.length > 0 || broken.length > 0 || idle) return { verdict: 'error', reasons };
  return { verdict: missing.length > 0 ? 'incomplete' : 'conformant', reasons };
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/**
 * Whether the run succeeds (exit code 0): conformant, or incomplete with every required status provoked on every operation
 * where it can occur. With `failOn` new, only what is worse than in the run before fails this one (`isWorse`), and a waiver that
 * has to go.
 */
export function succeeds(
  { verdict, cells, changes, errors, waivers = [] }: SuccessGrounds,
  { require, failOn }: { require: number[]; failOn: 'any' | 'new' },
): boolean {
  if (verdict === 'conformant') return true;
  if (waivers.some(({ problem }) => problem !== undefined)) return false;
  const isGood = failOn === 'new' && changes ? isAsGood({ cells, errors }, changes) : verdict === 'incomplete';
  if (!isGood) return false;
  return !cells.some(({ outcome, status }) => outcome === 'untestable' && require.includes(status));
}

/**
 * Whether a run is no worse than the one before: it has no new defect that counts, nor one of the gravest that nobody looked at
 * before; it judges what could be judged then; and nothing else keeps the suite from doing its job. A run that broke off, or of
 * which a part is missing, is never old news, nor is one that provoked nothing.
 */
function isAsGood(
  { cells, errors }: Pick<SuccessGrounds, 'cells' | 'errors'>,
  { new: fresh, firstSeen, lost, errors: others = [] }: Changes,
): boolean {
  const isWhole = errors.length === 0 || !cells.some(({ reason }) => reason === NOT_RUN);
  return (
    isWhole &&
    cells.some(isProvoked) &&
    !fresh.some(({ counted }) => counted) &&
    !firstSeen.some(({ counted, gravity }) => counted && isGravest(gravity)) &&
    !lost.some(({ reason }) => reason !== NOT_RUN) &&
    others.length === 0
  );
}

/** Whether one shard succeeds: what it did not run, or found nothing to run, is for the merge of all shards to judge. */
export function succeedsAsShard(report: SuccessGrounds, { failOn }: { failOn: 'any' | 'new' }): boolean {
  const isClean =
    report.errors.length === 0 && report.cells.every(({ outcome }) => !['fail', 'error'].includes(outcome));
  return isClean || succeeds(report, { require: [], failOn });
}

/** What decides whether a run succeeds. */
type SuccessGrounds = Pick<Report, 'verdict' | 'changes' | 'errors' | 'waivers'> & {
  cells: Pick<CellRecord, 'status' | 'outcome' | 'reason'>[];
};
