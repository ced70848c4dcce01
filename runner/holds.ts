import { type Exchange, isSuccess } from '../model/exchange.ts';
import type { ControlRule } from '../plan/case.ts';

/** Whether an answer is what a control asks for. */
export function holds(rule: ControlRule, { response }: Exchange): boolean {
  if (!response?.complete) return false;
  // The success contract is not judged here: 201 where 200 is documented serves as a control just as well.
  if ('success' in rule) return isSuccess({ response });
  if ('status' in rule) return rule.status.includes(response.status);
  // Neither a failing nor a limiting server shows anything about the error in question.
  return response.status !== rule.not && response.status < 500 && response.status !== 429;
}
