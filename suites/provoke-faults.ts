import type { Answer } from '../engine/answer.ts';
import { isSwitched, type PlannedCell } from '../engine/plan.ts';
import { leaveOut, runFaults } from '../runner/faults/run-faults.ts';
import type { Groundwork } from '../runner/groundwork.ts';
import { faultsOnce, noteRemoval, SWITCHES } from '../runner/run-directory.ts';
import type { Session } from '../runner/session.ts';

/** The answers to the cases of a cell's status that need a switch, by `answerKey`. `share` is this shard's part of the run. */
export async function provokeFaults(
  session: Session,
  groundwork: Groundwork,
  cell: PlannedCell,
  share: number,
): Promise<Record<string, Answer>> {
  if (!isSwitched(cell)) return {};
  const { status } = cell;
  // The other shards would meet the fault, too.
  if (share < 1) return leaveOut(session, groundwork, status, 'a fault is switched on by runs without shards only');
  const journals = { removals: noteRemoval, switches: SWITCHES };
  const { answers } = await faultsOnce(status, (trouble) =>
    runFaults(session, groundwork, journals, trouble === undefined ? { status } : { status, trouble }),
  );
  return answers;
}
