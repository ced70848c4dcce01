import type { Alteration } from '../alteration.ts';
import { bodyOf, withBody } from '../altering.ts';

type ErrorBody = ReturnType<typeof bodyOf>;

/** Writes the JSON of every answer, of successes too, in another way. */
export function inJson(write: (value: unknown) => string | Buffer): NonNullable<Alteration['answer']> {
  return (answer) => (answer.body.length === 0 ? answer : withBody(answer, write(JSON.parse(String(answer.body)))));
}

/** Gives the errors other words. */
export function inErrors(reword: (body: ErrorBody, status: number) => ErrorBody): NonNullable<Alteration['answer']> {
  return (answer) => {
    const isError = answer.status >= 400 && answer.body.length > 0;
    return isError ? withBody(answer, reword(bodyOf(answer), answer.status)) : answer;
  };
}
