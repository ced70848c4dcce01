import { type Answer, withheldAnswer } from '../judge/answer.ts';
import type { CellOutcome } from '../judge/cell-outcome.ts';
import { judgeCell } from '../judge/judge-cell.ts';
import type { Case } from '../plan/case.ts';
import type { PlannedCell } from '../plan/plan.ts';
import { type Answers, answerKey } from './apart.ts';
import { type Journal, removalOf } from './build-world.ts';
import { watchEffects } from './effects/watch-effects.ts';
import { aimsAtHidden, answerHidden } from './effects/watch-hidden.ts';
import { explore, searchSize } from './explore.ts';
import { findRates, withRates } from './find-rates.ts';
import { type Groundwork, whyBlocked } from './groundwork.ts';
import { isSentApart } from './phases.ts';
import { recheck } from './recheck.ts';
import { type Sent, sendPatiently } from './send-patiently.ts';
import type { Session } from './session.ts';
import { undo } from './undo.ts';

/** How many requests a cell is sure to take, its search included. */
export function countRequests(session: Session, cell: PlannedCell, groundwork: Groundwork): number {
  const cases = groundwork.casesOf(cell).cases.filter((each) => each.withheld === undefined);
  const probes = cases.filter(({ via }) => via === 'probe').length;
  const sent = cases.reduce((sum, { repeat }) => sum + (repeat ? 2 : 1), 0);
  return sent + searchSize(session, cell, groundwork, probes);
}

/**
 * Runs every case of a cell and judges what came. `apart` holds the answers to cases that are sent apart. The second sending of a
 * case, and what shows how often something happens, are part of it.
 */
export async function runCell(
  session: Session,
  cell: PlannedCell,
  groundwork: Groundwork,
  journal: Journal,
  apart: Answers = {},
): Promise<CellOutcome> {
  const { cases, missing, partial } = groundwork.casesOf(cell);
  const findEffects = await watchEffects(session, cell, groundwork, journal);
  const answers = await Promise.all(
    cases.map(async (each): Promise<Answer> => {
      if (!isSentApart(each)) return answerCase(session, cell, each, groundwork, journal);
      const none = { outcome: 'error' as const, reason: 'it was not sent' };
      return apart[answerKey(cell, each)] ?? withheldAnswer(each, none);
    }),
  );
  const probes = answers.filter((answer) => answer.case.via === 'probe').length;
  // What follows depends on each of these.
  const send = (each: Case) => sendAndUndo(session, cell, each, journal, true);
  answers.push(...(await explore(session, cell, groundwork, probes, send)));
  const judge = (all: Answer[]) => judgeCell(cell.operation.id, cell.status, all, session.law, missing);
  const first = judge(answers);
  // What was sent apart cannot be sent again here: the fault is off, the load is gone. What is not ours is not touched more than it must be.
  const here = answers.filter((answer) => !isSentApart(answer.case) && !aimsAtHidden(answer.case));
  const rates = await findRates(session, cell, here, first.findings, send);
  const rated = answers.map((answer) => withRates(answer, rates));
  const standing = await recheck(session, cell, groundwork, rated, {
    judge: (all) => (all === rated && rates.size === 0 ? first : judge([...all])).findings,
    send: (each) => answerCase(session, cell, each, groundwork, journal),
    journal,
  });
  const seen = await findEffects(standing);
  const result = seen === answers ? first : judge([...seen]);
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
  if (blocked) return withheldAnswer(each, blocked);
  const once = () => sendAndUndo(session, cell, each, journal);
  if (aimsAtHidden(each)) return answerHidden(session, groundwork.hidden, each, once);
  // Both at once: an answer that depends on which came first is no stable answer.
  const sent = await Promise.all(
    (each.repeat ? [false, true] : [false]).map(async (repeat) => {
      const exchanged = await once();
      return repeat ? { ...exchanged, repeat } : exchanged;
    }),
  );
  return { case: each, exchanges: sent };
}

/** Sends a case once and removes what the target made of it. */
export async function sendAndUndo(
  session: Session,
  cell: PlannedCell,
  each: Case,
  journal: Journal,
  isUrgent = false,
): Promise<Sent> {
  const sent = await sendPatiently(session, isUrgent ? { ...each, isUrgent } : each);
  // What ought to be refused and was carried out has made an object.
  const removal = removalOf(session, cell.operation.id, sent.exchange);
  if (removal) await undo(session, [removal], journal);
  return sent;
}
