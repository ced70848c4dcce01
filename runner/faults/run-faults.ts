import { type Answer, withheldAnswer } from '../../judge/answer.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import type { RequestSpec } from '../../model/exchange.ts';
import type { Case, FaultSwitch } from '../../plan/case.ts';
import { collectControls } from '../../plan/plan.ts';
import { type Answers, type Apart, answerKey, withhold } from '../apart.ts';
import type { Journal } from '../build-world.ts';
import { findRates, withRates } from '../find-rates.ts';
import { type Groundwork, whyBlocked } from '../groundwork.ts';
import { answerCase, sendAndUndo } from '../run-cell.ts';
import { sendPatiently } from '../send-patiently.ts';
import type { Session } from '../session.ts';
import { recover } from './recover.ts';
import { type SwitchJournal, switchOff, switchOn } from './throw-switch.ts';

/** What came of the cases that need a switch, and why the target cannot be tested any further, if so. */
export type FaultRun = { answers: Answers; trouble?: string };

/** What is written down while faults are on: objects to remove, and switches to switch off. */
export type FaultJournals = { removals: Journal; switches: SwitchJournal };

/**
 * Sends cases that need a switch: switch by switch, with nothing else under way. Each is switched off again whatever happened, and
 * the next one waits until the API is as before; when it is not, nothing more is sent.
 */
export async function runFaults(
  { client: _, ...plan }: Session,
  groundwork: Groundwork,
  journals: FaultJournals,
  apart: readonly Apart[],
): Promise<FaultRun> {
  const session: Session = { ...plan, client: plan.faultClient };
  const answers: Answers = {};
  let trouble: string | undefined;
  for (const [index, fault] of session.capabilities.profile.switches.entries()) {
    const cases = apart.filter((each) => each.case.switch === index);
    const ran = trouble === undefined ? await runSwitch(session, groundwork, journals, fault, index, cases) : undefined;
    trouble ??= ran?.trouble;
    // Whether the fault was the cause can only be told where the API was itself again without it.
    Object.assign(
      answers,
      withhold(cases, 'error', trouble ?? 'it was not sent'),
      trouble === undefined && ran?.answers,
    );
  }
  return trouble === undefined ? { answers } : { answers, trouble };
}

async function runSwitch(
  session: Session,
  groundwork: Groundwork,
  journals: FaultJournals,
  fault: FaultSwitch,
  index: number,
  cases: Apart[],
): Promise<FaultRun> {
  const blocked = cases.flatMap(({ cell, case: each }) => {
    const why = whyBlocked(each, groundwork);
    const answer: Answer = { case: each, exchanges: [], ...(why && { blocked: why }) };
    return why ? [[answerKey(cell, each), answer] as const] : [];
  });
  const answers: Answers = Object.fromEntries(blocked);
  const ready = cases.filter(({ cell, case: each }) => !answers[answerKey(cell, each)]);
  // A target is not made to fail for nothing.
  if (ready.length === 0) return { answers };
  let failure: string | undefined;
  const ask = async (request: RequestSpec) => (await sendPatiently(session, { request, danger: 'read' })).exchange;
  await Promise.all(ready.map((each) => session.gate.askAhead(each.case.request, ask)));
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
  return { answers: failure === undefined ? answers : { ...answers, ...withhold(ready, 'error', failure) } };
}

/** Sends the cases while the fault is on, and what broke a clause once more. */
async function provoke(
  session: Session,
  groundwork: Groundwork,
  { removals }: FaultJournals,
  fault: FaultSwitch,
  cases: Apart[],
): Promise<Answers> {
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
  return withheldAnswer(answer.case, { outcome: 'untestable', reason });
}
