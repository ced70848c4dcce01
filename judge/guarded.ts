import { type Answer, withheldAnswer } from './answer.ts';

/**
 * The same answers, those set aside that show nothing because the case that guards theirs was not refused: who is let in without any
 * credential is not let in by one.
 */
export function setUnguardedAside(answers: readonly Answer[]): Answer[] {
  const statuses = new Map(answers.map((answer) => [answer.case.id, statusOf(answer)]));
  return answers.map((answer) => {
    const { guard } = answer.case;
    if (guard === undefined || answer.blocked) return answer;
    const status = statuses.get(guard);
    if (status !== undefined && status >= 400 && status < 500 && status !== 429) return answer;
    const reason = `shows nothing unless the case ${guard} is refused, which was answered ${status ?? 'by nothing'}`;
    return withheldAnswer(answer.case, { outcome: 'untestable', reason });
  });
}

function statusOf({ exchanges, blocked }: Answer): number | undefined {
  return blocked ? undefined : exchanges[0]?.exchange.response?.status;
}
