import type { Alteration, Altered, Asked } from './alteration.ts';
import type { ErrorStatus } from './errors.ts';
import type { Answer } from './message-bytes.ts';

/** Which answers are altered: those of one operation (`unmatched-route` where no route is), of one status, or all errors. */
export type Where = { operation?: string; status?: number };

/** What becomes of an answer. */
export type Change = (answer: Answer, asked: Asked) => Altered | Promise<Altered>;

/** Alters the errors of a place, and of these only the ones that `applies` picks. */
export function errorsAt(
  where: Where,
  change: Change,
  applies: (asked: Asked) => boolean = () => true,
): { where: Where; answer: NonNullable<Alteration['answer']> } {
  const answer: Alteration['answer'] = (given, asked) => {
    const isHere =
      given.status >= 400 &&
      (where.status === undefined || where.status === given.status) &&
      (where.operation === undefined || where.operation === (asked.operation ?? 'unmatched-route'));
    return isHere && applies(asked) ? change(given, asked) : given;
  };
  return { where, answer };
}

/** An answer with another body; text and bytes stay as they are, everything else becomes JSON. */
export function withBody(answer: Answer, body: unknown): Answer {
  const isReady = typeof body === 'string' || Buffer.isBuffer(body);
  return { ...answer, body: isReady ? body : JSON.stringify(body) };
}

/** The published body of an answer as the reference wrote it. */
export function bodyOf({ body }: Answer): { summary: string; validation_errors?: Record<string, string[]> } {
  return JSON.parse(String(body)) as { summary: string; validation_errors?: Record<string, string[]> };
}

/** An answer with a header in place of all that have its name; several values make several lines, none takes it away. */
export function withHeader(answer: Answer, name: string, ...values: string[]): Answer {
  const others = answer.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return { ...answer, headers: [...others, ...values.map((value): [string, string] => [name, value])] };
}

/** A flawless error of a status, published or not, that keeps nothing of the answer it stands for. */
export function flawless(status: number): Answer {
  const summary = `This is a flawless ${status}.`;
  const body =
    status === (422 satisfies ErrorStatus) ? { summary, validation_errors: { base: ['is refused'] } } : { summary };
  const headers: Answer['headers'] = [['content-type', 'application/json']];
  if (status === 401) headers.push(['www-authenticate', 'Bearer realm="reference"']);
  if (status === 405) headers.push(['allow', 'GET']);
  if (status === 429) headers.push(['retry-after', '1']);
  return { status, headers, body: JSON.stringify(body) };
}
