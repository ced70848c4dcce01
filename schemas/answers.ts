import { CONDITIONS, type Condition } from './conditions.ts';
import type { Contract, Operation } from './contract.ts';
import { bodiesOf } from './read-responses.ts';

/**
 * The statuses that answer a condition: any of those that are required is right, the first of them being the one to whose cell the
 * condition belongs; one that is tolerated breaks no MUST.
 */
export type Answers = { required: [first: number, ...others: number[]]; tolerated: number[] };

/**
 * The answers to a condition on an operation: of what it documents; undefined when it documents none of them. Of several groups that
 * come into question the first counts; where an operation names none of its statuses and only a range of them, or `default`, it
 * leaves open which it means, so that those of the next group are right as well.
 */
export function answersTo(
  condition: Condition,
  operation: Pick<Operation, 'errors' | 'answers'> & Partial<Pick<Operation, 'errorBodies'>>,
  contract: Pick<Contract, 'answers'>,
): Answers | undefined {
  const { errors, errorBodies = {} } = operation;
  const own = operation.answers?.[condition] ?? contract.answers?.[condition];
  const { groups, tolerated } = own ? { groups: [own.required], tolerated: own.tolerated } : usual(condition, errors);
  const isOpen = (status: number) => !(status in errorBodies) && bodiesOf(errorBodies, status) !== undefined;
  const documented = groups.map((group) => group.filter((each) => errors.includes(each))).filter(isAny);
  const last = documented.findIndex((group) => !group.every(isOpen));
  const asked = documented.slice(0, last < 0 ? undefined : last + 1).flat();
  const [first, ...others] = [...asked.filter((each) => !isOpen(each)), ...asked.filter(isOpen)];
  if (first === undefined) return undefined;
  const required: Answers['required'] = [first, ...others];
  return { required, tolerated: tolerated.filter((each) => errors.includes(each) && !required.includes(each)) };
}

function usual(
  condition: Condition,
  errors: number[],
): { groups: readonly (readonly number[])[]; tolerated: readonly number[] } {
  const {
    answers,
    tolerated = [],
  }: { answers: readonly (readonly number[])[]; tolerated?: readonly number[] | '4xx' | 'any' } = CONDITIONS[condition];
  if (typeof tolerated === 'object') return { groups: answers, tolerated };
  return { groups: answers, tolerated: tolerated === 'any' ? errors : errors.filter((each) => each < 500) };
}

function isAny(group: readonly number[]): boolean {
  return group.length > 0;
}
