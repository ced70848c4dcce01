import type { Finding } from '../judge/finding.ts';
import { fingerprintOf } from '../judge/fingerprint.ts';
import { type Memory, remember } from './memory.ts';
import type { History, Night, Report } from './report.ts';

/** What is kept of an earlier run until it is known which API this run is about. */
export type PastRun = {
  id: string;
  about: Pick<Report, 'contract' | 'target'>;
  night: Night;
  memory: Memory;
};

/** Most runs in a history, this one among them. */
const MOST_NIGHTS = 60;

/** Sums up a report that was read. */
export function toPastRun({ run, contract, target, ...rest }: Report): PastRun {
  return {
    id: run.id,
    about: { contract, target },
    night: nightOf({ run, ...rest }),
    memory: remember(rest),
  };
}

/** A run in a few numbers. */
export function nightOf({ run, verdict, scores, statuses, findings }: NightGrounds): Night {
  const sum = (part: 'provoked' | 'failing' | 'untestable') =>
    Object.values(statuses).reduce((total, status) => total + status[part], 0);
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  return {
    startedAt: run.startedAt,
    verdict,
    scores,
    counts: {
      provoked: sum('provoked'),
      failing: sum('failing'),
      untestable: sum('untestable'),
      findings: findings.length - waived,
      waived,
    },
  };
}

type NightGrounds = Pick<Report, 'run' | 'verdict' | 'scores' | 'statuses' | 'findings'>;

/** What went before a run: the earlier runs on the same target by the same contract, each once, oldest first. */
export function collectHistory(past: readonly PastRun[], report: Report): Pick<History, 'nights' | 'others'> {
  const nights = earlierRuns(past, report).map(({ night }) => night);
  return { nights: nights.slice(1 - MOST_NIGHTS), others: past.filter(({ about }) => !isSame(about, report)).length };
}

/**
 * The findings of a report with since when: the first of the runs on end that had the same defect. A run that did not look at
 * it neither shows it nor ends the row.
 */
export function dateFindings(past: readonly PastRun[], report: Report): Finding[] {
  const runs = earlierRuns(past, report).reverse();
  const known = new Map<string, string | undefined>();
  return report.findings.map((finding) => {
    const key = fingerprintOf(finding);
    if (!known.has(key)) known.set(key, sinceWhen(finding, runs));
    const since = known.get(key);
    return since === undefined ? finding : { ...finding, since };
  });
}

/** `runs` are the newest first. */
function sinceWhen(finding: Finding, runs: readonly PastRun[]): string | undefined {
  let since: string | undefined;
  for (const { memory, night } of runs) {
    if (memory.has(finding)) since = night.startedAt;
    else if (memory.lookedAt(finding)) break;
  }
  return since;
}

/** The runs on the same target by the same contract before this one, each once, oldest first. */
function earlierRuns(past: readonly PastRun[], report: Report): PastRun[] {
  const time = ({ startedAt }: { startedAt: string }) => Date.parse(startedAt);
  const own = new Map(past.filter(({ about }) => isSame(about, report)).map((run) => [run.id, run]));
  return [...own.values()]
    .filter(({ night }) => time(night) < time(report.run))
    .sort((one, other) => time(one.night) - time(other.night));
}

/** The embedded reference listens on another port each time. */
function isSame(one: PastRun['about'], other: PastRun['about']): boolean {
  const [mine, its] = [one.target, other.target];
  const isPlace = mine.embedded ? its.embedded : !its.embedded && mine.url === its.url;
  return isPlace && mine.profile === its.profile && one.contract.title === other.contract.title;
}
