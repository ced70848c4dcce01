import type { Finding } from '../../judge/finding.ts';
import type { Pattern } from '../../judge/fingerprint.ts';
import type { Report, StatusOutcome } from '../../report/report.ts';
import type { WaiverRecord, WaiverState } from '../../report/waiver.ts';
import { formatCount, formatPlural } from './format.ts';

/** What a person reads for each state of a waiver. */
export const WAIVER_STATE_WORD: Readonly<Record<WaiverState, string>> = {
  active: 'in use',
  silent: 'did not show',
  unproven: 'not provoked in full',
  expired: 'expired',
  gone: 'no longer occurs',
  unknown: 'names what is not there',
};

/** The outcome whose colour a state takes. */
export const WAIVER_STATE_OUTCOME: Readonly<Record<WaiverState, StatusOutcome>> = {
  active: 'warn',
  silent: 'untestable',
  unproven: 'untestable',
  expired: 'fail',
  gone: 'fail',
  unknown: 'fail',
};

/** What a waiver is about, in one line: `fields-422: 400, 422 on getSink at /summary`. */
export const describePattern = (waiver: Pattern): string => {
  const { check, operation, condition, provocation, seen, status, place, pointer } = waiver;
  return [
    `${check ?? 'any check'}: ${status === undefined ? 'any status' : status.join(', ')}`,
    `on ${operation === undefined ? 'any operation' : operation.join(', ')}`,
    ...(condition === undefined ? [] : [`for ${condition.join(', ')}`]),
    ...(provocation === undefined ? [] : [`by ${provocation.join(', ')}`]),
    ...(seen === undefined ? [] : [`answered ${seen.join(', ')}`]),
    ...[place, pointer].flatMap((at) => (at === undefined ? [] : [`at ${at === '' ? 'the whole answer' : at}`])),
  ].join(' ');
};

/** The waivers that hold, and will not in two weeks, the next to expire first. */
export const expiringWaivers = ({ waivers = [] }: Pick<Report, 'waivers'>): WaiverRecord[] =>
  waivers.filter(({ soon }) => soon).sort((a, b) => a.expires.localeCompare(b.expires));

/** How much is waived, in one line: `31 findings waived by 2 of 3 waivers; 1 is about to expire, 1 has to go`. */
export const describeWaivers = (report: Report): string => {
  const { waivers = [], findings } = report;
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  const active = waivers.filter(({ state }) => state === 'active').length;
  const [soon, gone] = [expiringWaivers(report).length, waivers.filter(({ problem }) => problem !== undefined).length];
  const rest = [
    ...(soon > 0 ? [`${formatCount(soon)} ${soon === 1 ? 'is' : 'are'} about to expire`] : []),
    ...(gone > 0 ? [`${formatCount(gone)} ${gone === 1 ? 'has' : 'have'} to go`] : []),
  ];
  return `${formatPlural(waived, 'finding')} waived by ${formatCount(active)} of ${formatPlural(waivers.length, 'waiver')}${
    rest.length === 0 ? '' : `; ${rest.join(', ')}`
  }`;
};

/** How many of the findings are waived: nothing, `waived`, or `2 of 7 waived`. */
export const describeWaived = (findings: readonly Pick<Finding, 'waived'>[]): string | undefined => {
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  if (waived === 0) return undefined;
  return waived === findings.length ? 'waived' : `${formatCount(waived)} of ${formatCount(findings.length)} waived`;
};
