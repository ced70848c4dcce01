import { type TestInfo, test } from '@playwright/test';
import { getContext, getSession, getWaivers } from '../config/context.ts';
import type { Answer } from '../engine/answer.ts';
import type { CellOutcome } from '../engine/build-report.ts';
import { CELL_ANNOTATION, CELL_ATTACHMENT } from '../engine/cell-carrier.ts';
import { cellKey } from '../engine/cell-key.ts';
import { isCounted } from '../engine/outcome.ts';
import { type PlannedCell, whyUntestable } from '../engine/plan.ts';
import { isWaived } from '../engine/waivers.ts';
import { runCell } from '../runner/run-cell.ts';
import { loadGroundwork, noteRemoval, together } from '../runner/run-directory.ts';
import type { Session } from '../runner/session.ts';
import { shareOf } from './share.ts';

/** Findings shown in a failed test's message; the report has all of them. */
const SHOWN = 5;

let session: Session | undefined;

/** Declares the test of one cell. `apart` yields what was provoked apart from it, by `answerKey`, with this shard's share of the pace. */
export function declareCell(cell: PlannedCell, apart?: (share: number) => Promise<Record<string, Answer>>): void {
  const { plan } = getContext();
  const { operation, status } = cell;
  const title = `${operation.method} ${operation.path} › ${status} ${plan.contract.statusNames[status]}`;
  const annotation = { type: CELL_ANNOTATION, description: cellKey(operation.id, status) };
  const tag = [`@${status}`, `@${operation.tag.replace(/\W+/g, '-')}`];
  const untestable = whyUntestable(cell);
  if (untestable !== undefined) {
    test.skip(title, { tag, annotation: [annotation, { type: 'untestable', description: untestable }] }, () => {});
    return;
  }
  test(title, { tag, annotation }, async ({ browserName: _ }, info) => {
    const share = shareOf(info.config);
    session ??= getSession(share / info.config.workers, true);
    const groundwork = loadGroundwork();
    const ready = session;
    const answers = await apart?.(share);
    const run = await together(() => runCell(ready, cell, groundwork, noteRemoval, answers));
    // Pushed and not attach()ed: attaching is a step, and a step costs more than the cell's own requests.
    info.attachments.push({
      name: CELL_ATTACHMENT,
      contentType: 'application/json',
      body: Buffer.from(JSON.stringify(run)),
    });
    settle(run, info);
  });
}

/** Makes the test say what the cell's outcome says: untestable is skipped, failed and broken are red. */
function settle(run: CellOutcome, info: TestInfo): void {
  const { outcome, reason } = run.record;
  if (outcome === 'untestable') info.skip(true, reason ?? 'untestable');
  if (outcome === 'error') throw bare(reason ?? 'the suite could not do its job');
  if (outcome !== 'fail') return;
  const [now, waivers] = [new Date().toISOString(), getWaivers() ?? []];
  const counted = run.findings.filter(
    (finding) => isCounted(finding, getContext().settings.counts) && !isWaived(finding, waivers, now),
  );
  // The report says what is waived, and whether a waiver has to go.
  if (counted.length === 0) return;
  const lines = counted
    .slice(0, SHOWN)
    .map((finding) => `${finding.case}: ${finding.message} (${finding.clause})\n  ${finding.evidence.curl}`);
  if (counted.length > SHOWN) lines.push(`and ${counted.length - SHOWN} more; the report has them all`);
  throw bare(lines.join('\n'));
}

/** An error without a stack: where in our source it was thrown says nothing about the API. */
function bare(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
