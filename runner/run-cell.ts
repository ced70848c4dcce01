import type { Answer } from '../engine/answer.ts';
import type { CellOutcome } from '../engine/build-report.ts';
import type { Case } from '../engine/case.ts';
import { cellKey } from '../engine/cell-key.ts';
import type { Exchange } from '../engine/exchange.ts';
import { judgeCell } from '../engine/judge-cell.ts';
import { expandCell, type PlannedCell } from '../engine/plan.ts';
import { BURST } from '../provocations/429-too-many-requests.ts';
import { type Journal, removalOf } from './build-world.ts';
import { cleanUp } from './clean-up.ts';
import { explore } from './explore.ts';
import { findRates, withRates } from './find-rates.ts';
import { type Groundwork, whyBlocked } from './groundwork.ts';
import { type Sent, sendPatiently } from './send-patiently.ts';
import { type Session, sceneOf } from './session.ts';

/** Names a case within a run. */
export function answerKey({ operation, status }: PlannedCell, { id }: Case): string {
  return `${cellKey(operation.id, status)} ${id}`;
}

/** Whether a case is sent while nothing else is under way, and not with the others of its cell. */
function isSentApart({ provocation, switch: index }: Case): boolean {
  return provocation === BURST || index !== undefined;
}

/** Runs every case of a cell and judges what came. `apart` holds the answers to cases that are sent apart, by `answerKey`. */
export async function runCell(
  session: Session,
  cell: PlannedCell,
  groundwork: Groundwork,
  journal: Journal,
  apart: Record<string, Answer> = {},
): Promise<CellOutcome> {
  session.gate.adopt(groundwork.world);
  const { cases, missing, partial } = expandCell(cell, sceneOf(session, groundwork.world));
  const answers = await Promise.all(
    cases.map(async (each): Promise<Answer> => {
      if (!isSentApart(each)) return answerCase(session, cell, each, groundwork, journal);
      const none = { outcome: 'error' as const, reason: 'it was not sent' };
      return apart[answerKey(cell, each)] ?? { case: each, exchanges: [], blocked: none };
    }),
  );
  const probes = answers.filter((answer) => answer.case.probe).length;
  const send = (each: Case) => sendAndUndo(session, cell, each, journal);
  answers.push(...(await explore(session, cell, groundwork, probes, send)));
  const judge = (all: Answer[]) => judgeCell(cell.operation.id, cell.status, all, session.law, missing);
  const first = judge(answers);
  // What was sent apart cannot be sent again here: the fault is off, the load is gone.
  const here = answers.filter((answer) => !isSentApart(answer.case));
  const rates = await findRates(session, cell, here, first.findings, send);
  const result = rates.size === 0 ? first : judge(answers.map((answer) => withRates(answer, rates)));
  const used = new Set(cases.flatMap((each) => each.controls.map((control) => control.id)));
  const record = partial === undefined ? result.record : { ...result.record, partial };
  return { ...result, record, controls: [...used].flatMap((id) => groundwork.controls[id] ?? []) };
}

/** Sends a case whose controls held, twice when it says so, and undoes what it made. */
export async function answerCase(
  session: Session,
  cell: PlannedCell,
  each: Case,
  groundwork: Groundwork,
  journal: Journal,
): Promise<Answer> {
  const blocked = whyBlocked(each, groundwork);
  if (blocked) return { case: each, exchanges: [], blocked };
  // Both at once: an answer that depends on which came first is no stable answer.
  const sent = await Promise.all(
    (each.repeat ? [false, true] : [false]).map(async (repeat) => {
      const exchanged = await sendAndUndo(session, cell, each, journal);
      return repeat ? { ...exchanged, repeat } : exchanged;
    }),
  );
  return { case: each, exchanges: sent };
}

/** Sends a case once and removes what the target made of it. */
export async function sendAndUndo(session: Session, cell: PlannedCell, each: Case, journal: Journal): Promise<Sent> {
  const sent = await sendPatiently(session, each);
  await undoCreated(session, cell, sent.exchange, journal);
  return sent;
}

/** A request that ought to be refused and was carried out has made an object: it is removed at once, or else at the end. */
async function undoCreated(session: Session, cell: PlannedCell, exchange: Exchange, journal: Journal): Promise<void> {
  const removal = removalOf(session, cell.operation.id, exchange);
  if (!removal) return;
  const left = await cleanUp(session, [removal]);
  if (left.length > 0) journal(removal);
}
