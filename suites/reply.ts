import type { CellOutcome } from '../judge/cell-outcome.ts';
import type { FindingWithEvidence } from '../judge/finding.ts';
import { isCounted } from '../judge/outcome.ts';
import { CELL_ATTACHMENT } from '../report/cell-carrier.ts';
import type { Waiver } from '../report/waiver.ts';
import { isWaived } from '../report/waivers.ts';
import type { ClauseSet } from '../schemas/contract.ts';
import { describeExample } from './describe-example.ts';
import { disarm } from './disarm.ts';
import type { Enclosure, Reply } from './protocol.ts';

/** Findings shown in a failed test's message; the report has all of them. */
const SHOWN = 5;

/** By what a test's status is decided, besides the cell's outcome. */
export type Grounds = { counts: ClauseSet[]; waivers: readonly Waiver[]; now: string };

/** What the test of a cell has to say; `path` is where the judged cell lies. Texts in it mean nothing to a terminal or a CI system. */
export function makeReply(outcome: CellOutcome, path: string, grounds: Grounds): Reply {
  const carried: Enclosure = { name: CELL_ATTACHMENT, contentType: 'application/json', path };
  const { outcome: ended, reason } = outcome.record;
  if (ended === 'untestable') return reply('skipped', reason ?? 'untestable', [carried]);
  if (ended === 'error') return reply('failed', reason ?? 'the suite could not do its job', [carried]);
  const counted = ended === 'fail' ? outcome.findings.filter((each) => isHeld(each, grounds)) : [];
  const [first] = counted;
  // The report says what is waived, and whether a waiver has to go.
  if (!first) return reply('passed', '', [carried]);
  const example: Enclosure = { name: 'example', contentType: 'text/plain', text: describeExample(first) };
  return reply('failed', describeFindings(counted), [carried, example]);
}

/** What a test says whose cell was not carried out, or was and nobody can tell what came of it. */
export function makeEmptyReply(status: 'skipped' | 'failed', message: string): Reply {
  return reply(status, message, []);
}

function reply(status: Reply['status'], message: string, enclosures: Enclosure[]): Reply {
  return { status, message: disarm(message), enclosures };
}

function isHeld(finding: FindingWithEvidence, { counts, waivers, now }: Grounds): boolean {
  return isCounted(finding, counts) && !isWaived(finding, waivers, now);
}

function describeFindings(findings: FindingWithEvidence[]): string {
  const lines = findings
    .slice(0, SHOWN)
    .map((finding) => `${finding.case}: ${finding.message} (${finding.clause})\n  ${finding.evidence.curl}`);
  if (findings.length > SHOWN) lines.push(`and ${findings.length - SHOWN} more; the report has them all`);
  return lines.join('\n');
}
