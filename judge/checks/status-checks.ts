import { isBrokenOff, isUndelivered } from '../../model/exchange.ts';
import type { Judge } from '../../plan/case.ts';
import { describeAnswer } from '../describe-answer.ts';
import { isLate } from '../late.ts';
import { type Check, type Problem, problemIf, type Subject } from './check.ts';

/** Which statuses are right, and which of the others break no MUST. */
type Right = NonNullable<Subject['case']>;

/** The status of a case, judged by what its cell is about: `meaning-<status>`. */
export function meaningCheck(status: number): Check {
  const id = `meaning-${status}`;
  // A case with several right answers is judged under the first, the status its provocation belongs to.
  return statusCheck(id, ({ expected, judgedBy }) => judgedBy === undefined && expected[0] === status);
}

/** The status of a case that the contract's pages say nothing about: such a case names the check, and any 4xx is a refusal. */
export function ownStatusCheck(id: Judge): Check {
  const isRefusal = (status: number) => status >= 400 && status <= 499;
  return statusCheck(id, ({ judgedBy }) => judgedBy === id, isRefusal);
}

function statusCheck(id: string, isAbout: (right: Right) => boolean, isRight = (_: number) => false): Check {
  return {
    id,
    clause: id,
    judge(subject) {
      if (!subject.case || !isAbout(subject.case)) return undefined;
      // What was never delivered cannot have been answered wrongly.
      if (isUndelivered(subject.exchange) || isBrokenOff(subject.case, subject.exchange)) return undefined;
      if (isLate(subject.case, subject.exchange)) return undefined;
      const { response } = subject;
      return response && isRight(response.status) ? [] : judgeStatus(subject, subject.case);
    },
  };
}

function judgeStatus({ exchange, response }: Subject, right: Right): Problem[] {
  const { expected, tolerated = [], withinBounds = [] } = right;
  const isRight = response && [...expected, ...tolerated, ...withinBounds].includes(response.status);
  return problemIf(!isRight, `expected ${showWanted(right)}, ${describeAnswer(exchange)}`);
}

/** The right statuses, in words. */
export function showWanted({ expected }: Right): string {
  return expected.length === 1 ? String(expected[0]) : `one of ${expected.join(' ')}`;
}
