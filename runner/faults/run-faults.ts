import type { Answer } from '../../engine/answer.ts';
import type { Case, FaultSwitch } from '../../engine/case.ts';
import type { RequestSpec } from '../../engine/exchange.ts';
import { judgeCell } from '../../engine/judge-cell.ts';
import { collectControls, expandCell, type PlannedCell } from '../../engine/plan.ts';
import type { Journal } from '../build-world.ts';
import { findRates, withRates } from '../find-rates.ts';
import { type Groundwork, whyBlocked } from '../groundwork.ts';
import { answerCase, answerKey, sendAndUndo } from '../run-cell.ts';
import { sendPatiently } from '../send-patiently.ts';
import { type Session, sceneOf } from '../session.ts';
import { recover } from './recover.ts';
import { type SwitchJournal, switchAllOff, switchOff, switchOn } from './throw-switch.ts';

/** What came of the cases that need a switch, by `answerKey`, and why the target cannot be tested any further, if so. */
export type FaultRun = { answers: Record<string, Answer>; trouble?: string };

/** What is written down while faults are on: objects to remove, and switches to switch off. */
export type FaultJournals = { removals: Journal; switches: SwitchJournal };

type Switched = { cell: PlannedCell; case: Case };

/**
 * Sends every case that needs a switch, of one status or of all: switch by switch, with nothing else under way. Each is switched
 * off again whatever happened, and the next one waits until the API is as before; when it is not, nothing more is sent.
 */
export async function runFaults(
  { client: _, ...plan }: Session,
  groundwork: Groundwork,
  journals: FaultJournals,
  { status, trouble: before }: { status?: number; trouble?: string } = {},
): Promise<FaultRun> {
  const session: Session = { ...plan, client: plan.faultClient };
  session.gate.adopt(groundwork.world);
  const { switches } = session.capabilities.profile;
  const answers: Record<string, Answer> = {};
  const own = casesOf(session, groundwork, status);
  // What a process that was killed has left on; nothing else is, because faults run alone.
  let trouble = before ?? (await switchAllOff(switches, journals.switches))[0];
  if (trouble === undefined) {
    const ask = async (request: RequestSpec) => (await sendPatiently(session, { request, danger: 'read' })).exchange;
    await Promise.all(own.map((each) => session.gate.askAhead(each.case.request, ask)));
  }
  for (const [index, fault] of switches.entries()) {
    const cases = own.filter((each) => each.case.switch === index);
    const ran = trouble === undefined ? await runSwitch(session, groundwork, journals, fault, index, cases) : undefined;
    trouble ??= ran?.trouble;
    for (const each of cases) {
      const reason = trouble ?? 'it was not sent';
      const none: Answer = { case: each.case, exchanges: [], blocked: { outcome: 'error', reason } };
      const key = answerKey(each.cell, each.case);
      // Whether the fault was the cause can only be told where the API was itself again without it.
      answers[key] = (trouble === undefined ? ran?.answers[key] : undefined) ?? none;
    }
  }
  return trouble === undefined ? { answers } : { answers, trouble };
}

/** Answers for the cases of a status that need a switch where none may be thrown. */
export function leaveOut(
  session: Session,
  groundwork: Groundwork,
  status: number,
  reason: string,
): Record<string, Answer> {
  const entries = casesOf(session, groundwork, status).map(({ cell, case: each }) => {
    const answer: Answer = { case: each, exchanges: [], blocked: { outcome: 'untestable', reason } };
    return [answerKey(cell, each), answer] as const;
  });
  return Object.fromEntries(entries);
}

function casesOf(session: Session, groundwork: Groundwork, status: number | undefined): Switched[] {
  const scene = sceneOf(session, groundwork.world);
  return session.cells
    .filter((cell) => cell.notApplicable === undefined && (status === undefined || cell.status === status))
    .flatMap((cell) => expandCell(cell, scene).cases.map((each) => ({ cell, case: each })))
    .filter((each) => each.case.switch !== undefined);
}

async function runSwitch(
  session: Session,
  groundwork: Groundwork,
  journals: FaultJournals,
  fault: FaultSwitch,
  index: number,
  cases: Switched[],
): Promise<FaultRun> {
  const blocked = cases.flatMap(({ cell, case: each }) => {
    const why = whyBlocked(each, groundwork);
    const answer: Answer = { case: each, exchanges: [], ...(why && { blocked: why }) };
    return why ? [[answerKey(cell, each), answer] as const] : [];
  });
  const answers: Record<string, Answer> = Object.fromEntries(blocked);
  const ready = cases.filter(({ cell, case: each }) => !answers[answerKey(cell, each)]);
  // A target is not made to fail for nothing.
  if (ready.length === 0) return { answers };
  let failure: string | undefined;
  try {
    await switchOn(fault, index, journals.switches);
    Object.assign(answers, await provoke(session, groundwork, journals, fault, ready));
  } catch (error) {
    failure = (error as Error).message;
  }
  try {
    await switchOff(fault, index, journals.switches);
  } catch (error) {
    return { answers, trouble: (error as Error).message };
  }
  const controls = collectControls(ready.map((each) => each.case));
  const wrong = await recover(session, controls, fault.recoverMs);
  if (wrong !== undefined) {
    const seconds = fault.recoverMs / 1000;
    return {
      answers,
      trouble: `The API was not as before ${seconds} s after the fault "${fault.title}" was off: ${wrong}.`,
    };
  }
  if (failure === undefined) return { answers };
  const reason = failure;
  for (const { cell, case: each } of ready)
    answers[answerKey(cell, each)] = { case: each, exchanges: [], blocked: { outcome: 'error', reason } };
  return { answers };
}

/** Sends the cases while the fault is on, and what broke a clause once more. */
async function provoke(
  session: Session,
  groundwork: Groundwork,
  { removals }: FaultJournals,
  fault: FaultSwitch,
  cases: Switched[],
): Promise<Record<string, Answer>> {
  const entries = await Promise.all(
    cases.map(async ({ cell, case: each }) => {
      const sent = await answerCase(session, cell, each, groundwork, removals);
      const answer = withoutUnaffected(sent, fault, groundwork);
      const { findings } = judgeCell(cell.operation.id, cell.status, [answer], session.law);
      const again = (one: Case) => sendAndUndo(session, cell, one, removals);
      const rates = await findRates(session, cell, [answer], findings, again);
      return [answerKey(cell, each), withRates(answer, rates)] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** Where an answer is the same as without the fault, nothing was provoked: the operation may well do without what has failed. */
function withoutUnaffected(answer: Answer, { title }: FaultSwitch, groundwork: Groundwork): Answer {
  const usual = groundwork.controls[answer.case.controls[0]?.id ?? '']?.record.actual ?? undefined;
  if (usual === undefined || answer.exchanges.every(({ exchange }) => exchange.response?.status !== usual))
    return answer;
  const reason = `the fault "${title}" makes no difference here: answered ${usual} with it as without it`;
  return { case: answer.case, exchanges: [], blocked: { outcome: 'untestable', reason } };
}
