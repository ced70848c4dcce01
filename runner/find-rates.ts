import { type Answer, matterOf } from '../judge/answer.ts';
import type { FindingWithEvidence, Rate } from '../judge/finding.ts';
import { causeOf } from '../judge/fingerprint.ts';
import { judgeExchange } from '../judge/judge.ts';
import { isLimit, plansLimit } from '../judge/limit.ts';
import { isRepeatable } from '../judge/repeatable.ts';
import type { Case } from '../plan/case.ts';
import type { PlannedCell } from '../plan/plan.ts';
import type { Sent } from './send-patiently.ts';
import type { Session } from './session.ts';

/** Most tries of a request whose finding did not show again at once, the first one included. */
const MOST_TRIES = 10;

/** Most requests sent again for one cell: where everything flickers, what was seen stands as it is. */
const MOST_REQUESTS = 60;

/** How often a check found something, by case and check: what it finds may look different every time. */
export type Rates = Map<string, Record<string, Rate>>;

/** Sends a case once more; rejects never. */
type Send = (each: Case) => Promise<Sent>;

/**
 * Sends again what broke a clause, once for each cause of the cell: what shows twice in a row stands. What does not is tried
 * more often, and its rate is yielded. Findings about flicker itself are left out, and those on requests that must not be
 * repeated: a burst, and what the target carried out although it should not have.
 */
export async function findRates(
  session: Session,
  cell: PlannedCell,
  answers: Answer[],
  findings: FindingWithEvidence[],
  send: Send,
): Promise<Rates> {
  const cases = new Map(answers.flatMap(({ case: each }) => (plansLimit(each) ? [] : [[each.id, each]])));
  const rates: Rates = new Map();
  let open = findings.filter((each) => cases.has(each.case) && isRepeatable(each));
  for (let left = MOST_REQUESTS; open.length > 0; ) {
    const chosen = coverCauses(open).slice(0, Math.floor(left / (MOST_TRIES - 1)));
    if (chosen.length === 0) break;
    const confirmed = new Set<string>();
    await Promise.all(
      chosen.map(async (id) => {
        const own = open.filter((finding) => finding.case === id);
        const { sent, flickering } = await tryAgain(session, cell, cases.get(id) as Case, own, send);
        left -= sent;
        for (const each of own) if (!flickering[each.check]) confirmed.add(causeOf(each));
        if (Object.keys(flickering).length > 0) rates.set(id, flickering);
      }),
    );
    open = open.filter((finding) => !chosen.includes(finding.case) && !confirmed.has(causeOf(finding)));
  }
  return rates;
}

/** An answer to a case with the rates that were found for it. */
export function withRates(answer: Answer, rates: Rates): Answer {
  const own = rates.get(answer.case.id);
  return own ? { ...answer, rates: own } : answer;
}

/** Ids of cases that show every cause between them: each the first that shows a cause which none before it does. */
function coverCauses(findings: FindingWithEvidence[]): string[] {
  const ids = new Set<string>();
  const covered = new Set<string>();
  for (const finding of findings) {
    if (covered.has(causeOf(finding))) continue;
    ids.add(finding.case);
    for (const other of findings) if (other.case === finding.case) covered.add(causeOf(other));
  }
  return [...ids];
}

/** Sends a case until each check has found something a second time in a row, or often enough to tell its rate. */
async function tryAgain(
  session: Session,
  cell: PlannedCell,
  each: Case,
  findings: FindingWithEvidence[],
  send: Send,
): Promise<{ sent: number; flickering: Record<string, Rate> }> {
  const hadAnswer = findings.some(({ actual }) => actual !== null);
  let flickering: Record<string, Rate> = Object.fromEntries(
    findings.map(({ check }) => [check, { seen: 1, tries: 1 }]),
  );
  let sent = 0;
  while (sent < MOST_TRIES - 1 && Object.keys(flickering).length > 0) {
    const { exchange } = await send(each);
    sent += 1;
    // A limit or a lost connection shows nothing either way.
    if (isLimit(exchange.response) || (exchange.failure && hadAnswer)) break;
    const matter = matterOf(cell.operation.id, cell.status, each, exchange, session.law);
    const found = new Set(judgeExchange(exchange, matter, session.law, {}).map(({ check }) => check));
    flickering = Object.fromEntries(
      Object.entries(flickering).flatMap(([check, { seen, tries }]) =>
        found.has(check) && sent === 1 ? [] : [[check, { seen: seen + Number(found.has(check)), tries: tries + 1 }]],
      ),
    );
  }
  const rated = Object.entries(flickering).filter(([, { tries }]) => tries > 1);
  return { sent, flickering: Object.fromEntries(rated) };
}
