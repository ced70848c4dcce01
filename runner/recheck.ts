import { type Answer, withheldAnswer } from '../judge/answer.ts';
import type { FindingWithEvidence } from '../judge/finding.ts';
import { mayBeLimit } from '../judge/limit.ts';
import { limitedOutcome } from '../judge/outcome.ts';
import type { Case, Control } from '../plan/case.ts';
import type { PlannedCell } from '../plan/plan.ts';
import { firstList } from '../plan/resources.ts';
import { STAGE, siblingRead, successControl } from '../provocations/controls.ts';
import type { Journal } from './build-world.ts';
import type { Groundwork } from './groundwork.ts';
import { hasWrongCredential, isSentApart } from './phases.ts';
import { type Session, sceneOf } from './session.ts';
import { mayPass, type Stand } from './standing.ts';
import { whyClosed } from './why-closed.ts';

/** How often a cell is looked at again: what is away for a moment comes back, and what comes and goes is no ground to stand on. */
const MOST_ROUNDS = 3;

/** Why an answer whose ground gave way each time shows nothing, where no outage can be named. */
const UNSTEADY = 'what this rests on came and went: another answer followed each time it was asked for again';

/** How a cell is judged and a case of it sent: `judge` yields findings, `send` an answer to a case whose controls hold. */
type Means = {
  judge(answers: readonly Answer[]): readonly FindingWithEvidence[];
  send(each: Case): Promise<Answer>;
  /** Hears of what the controls make that is still there. */
  journal: Journal;
};

/**
 * The answers of a cell after what they rest on was asked for again: where an answer is not the one that is due, the controls of its
 * case are sent once more. Where these do not hold, the answer is void: it is sent again when they do, and where they do not come to, its
 * case is untested, with the sentence that says why. What is the same as before is the same list.
 */
export async function recheck(
  session: Session,
  cell: PlannedCell,
  groundwork: Groundwork,
  given: readonly Answer[],
  { judge, send, journal }: Means,
): Promise<readonly Answer[]> {
  const unsteady = (): NonNullable<Answer['blocked']> => ({
    outcome: 'untestable',
    reason: groundwork.standing.blame() ?? UNSTEADY,
  });
  let answers = given;
  for (let round = 1; ; round++) {
    const suspects = findSuspects(answers, judge(answers));
    if (suspects.length === 0) return answers;
    const ask = (some: readonly Answer[]) => askAgain(some, session, cell, groundwork, journal);
    const stands = await ask(suspects);
    const fleeting = await findFleeting(suspects, stands, { send, ask });
    const again = new Map<Answer, Answer>();
    for (const answer of suspects) {
      const stand = stands.get(answer);
      if (isBusy(answer, session)) again.set(answer, withheldAnswer(answer.case, limitedOutcome(503)));
      else if (!stand) continue;
      else if (!stand.held)
        again.set(answer, withheldAnswer(answer.case, { outcome: stand.outcome, reason: stand.reason }));
      else if (!stand.hasWaited && !fleeting.has(statusOf(answer))) continue;
      else again.set(answer, round === MOST_ROUNDS ? withheldAnswer(answer.case, unsteady()) : await send(answer.case));
    }
    if (again.size === 0) return answers;
    answers = answers.map((answer) => again.get(answer) ?? answer);
    if (round === MOST_ROUNDS) return answers;
  }
}

/** Whether an answer is a 503 that says nothing: where that is what a limiter answers, or where it never came again. */
function isBusy({ case: each, exchanges, rates }: Answer, { patience }: Session): boolean {
  if (!mayBeLimit(each, exchanges[0]?.exchange.response)) return false;
  const showedOnce = rates !== undefined && Object.values(rates).every(({ seen }) => seen === 1);
  return showedOnce || patience.mayBeBusy() === 'yes';
}

/** Answers that are not the ones that are due, but for what was carried out, and those of credentials, which any refusal would look like. */
function findSuspects(answers: readonly Answer[], findings: readonly FindingWithEvidence[]): Answer[] {
  const wrong = new Set(
    findings
      .filter(({ actual, expected }) => expected.length > 0 && (actual === null || !expected.includes(actual)))
      .filter(({ actual }) => actual === null || actual >= 300)
      .map((finding) => finding.case),
  );
  const isSent = (answer: Answer) => !answer.blocked && !isSentApart(answer.case) && answer.exchanges.length > 0;
  // Where the token itself is refused, what is about being let in or not is answered as if nothing were wrong.
  const isAboutIt = ({ case: each }: Answer) => each.condition === 'no-credential' || hasWrongCredential(each);
  const isRefused = (answer: Answer) => isAboutIt(answer) && statusOf(answer) === 401;
  return answers.filter((answer) => isSent(answer) && (wrong.has(answer.case.id) || isRefused(answer)));
}

function statusOf({ exchanges }: Answer): number | null {
  return exchanges[0]?.exchange.response?.status ?? null;
}

/** How the controls of each suspect stand by now, those of all asked at once. */
async function askAgain(
  suspects: readonly Answer[],
  session: Session,
  cell: PlannedCell,
  groundwork: Groundwork,
  journal: Journal,
): Promise<Map<Answer, Stand>> {
  const entries = await Promise.all(
    suspects.map(async (answer): Promise<[Answer, Stand] | undefined> => {
      const controls = reliedOn(answer.case, session, cell, groundwork);
      const stands = await Promise.all(controls.map((control) => groundwork.standing.ask(control)));
      const failed = stands.find(({ held }) => !held);
      if (failed) return [answer, failed];
      const closed = await whyClosed(answer, session, groundwork, journal);
      if (closed !== undefined) return [answer, { held: false, outcome: 'untestable', reason: closed }];
      const hasWaited = stands.some((stand) => stand.held && stand.hasWaited);
      return stands.length > 0 ? [answer, { held: true, hasWaited }] : undefined;
    }),
  );
  return new Map(entries.filter((each) => each !== undefined));
}

/**
 * The controls of a case that change nothing; where it has none, that its object is there, or else that anything is served at all.
 */
function reliedOn(each: Case, session: Session, cell: PlannedCell, { world, controls }: Groundwork): Control[] {
  // What comes later than the reads is about what the run itself removes.
  const isReading = ({ request, holds, optional, stage }: Control) =>
    ['GET', 'HEAD'].includes(request.method) && 'success' in holds && !optional && stage === STAGE.read;
  const own = each.controls.filter(isReading);
  const scene = sceneOf(session, world);
  const reads = [siblingRead(cell.operation, scene), firstList(session.contract)];
  const [other] = reads.flatMap((read) => (read && successControl(read, scene)) ?? []);
  const all = own.length > 0 ? own : other ? [other] : [];
  // What never held is no ground that could have given way.
  return all.filter(({ id }) => controls[id] === undefined || controls[id]?.record.held);
}

/**
 * Statuses that one of their cases no longer gets now that its controls hold, or that it gets while these do not hold again: all were
 * answered while something else was wrong.
 */
async function findFleeting(
  suspects: readonly Answer[],
  stands: ReadonlyMap<Answer, Stand>,
  { send, ask }: Pick<Means, 'send'> & { ask(some: readonly Answer[]): Promise<ReadonlyMap<Answer, Stand>> },
): Promise<Set<number | null>> {
  const fleeting = new Set<number | null>();
  const tried = new Set<number | null>();
  for (const answer of suspects) {
    const [stand, status] = [stands.get(answer), statusOf(answer)];
    const isDue = status !== null && answer.case.expected.includes(status);
    if (!stand?.held || stand.hasWaited || isDue || answer.rates || tried.has(status) || !mayPass(status)) continue;
    tried.add(status);
    const isOver = statusOf(await send(answer.case)) !== status;
    const after = isOver ? undefined : (await ask([answer])).get(answer);
    if (isOver || !after?.held || after.hasWaited) fleeting.add(status);
  }
  return fleeting;
}
