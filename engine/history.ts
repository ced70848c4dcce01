import type { History, Night, Report } from './report.ts';

/** What is kept of an earlier run until it is known which API this run is about. */
export type PastRun = { id: string; about: Pick<Report, 'contract' | 'target'>; night: Night };

/** Most runs in a history, this one among them. */
const MOST_NIGHTS = 60;

/** Sums up a report that was read. */
export function toPastRun({ run, contract, target, ...rest }: Report): PastRun {
  return { id: run.id, about: { contract, target }, night: nightOf({ run, ...rest }) };
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
  const time = ({ startedAt }: { startedAt: string }) => Date.parse(startedAt);
  const own = new Map(past.filter(({ about }) => isSame(about, report)).map((run) => [run.id, run.night]));
  const nights = [...own.values()]
    .filter((night) => time(night) < time(report.run))
    .sort((one, other) => time(one) - time(other));
  return { nights: nights.slice(1 - MOST_NIGHTS), others: past.filter(({ about }) => !isSame(about, report)).length };
}

/** The embedded reference listens on another port each time. */
function isSame(one: PastRun['about'], other: PastRun['about']): boolean {
  const [mine, its] = [one.target, other.target];
  const isPlace = mine.embedded ? its.embedded : !its.embedded && mine.url === its.url;
  return isPlace && mine.profile === its.profile && one.contract.title === other.contract.title;
}
