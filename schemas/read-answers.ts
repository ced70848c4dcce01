import { CONDITIONS, type Condition } from './conditions.ts';
import type { Rule } from './contract.ts';
import { entriesOf, type Part, partAt, refuse, takeList, takeObject } from './part.ts';

/**
 * Reads which statuses answer which condition (`x-answers`): a status, a list of which any is right, or an object with those that are
 * `required` and those that are `tolerated`. Nothing where nothing is said.
 */
export function readAnswers(part: Part, statuses: readonly number[]): { answers?: Partial<Record<Condition, Rule>> } {
  if (part.value === undefined) return {};
  const rules = entriesOf(part).map(([name, rule]): [Condition, Rule] => {
    if (!isCondition(name)) throw refuse(rule, `one of the conditions ${Object.keys(CONDITIONS).join(', ')}`, name);
    return [name, readRule(rule, statuses)];
  });
  return { answers: Object.fromEntries(rules) };
}

function isCondition(name: string): name is Condition {
  return Object.hasOwn(CONDITIONS, name);
}

function readRule(part: Part, statuses: readonly number[]): Rule {
  const { value } = part;
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  if (!isObject) return { required: readStatuses(part, statuses), tolerated: [] };
  takeObject(part, ['required', 'tolerated']);
  const tolerated = partAt(part, 'tolerated');
  return {
    required: readStatuses(partAt(part, 'required'), statuses),
    tolerated: tolerated.value === undefined ? [] : readStatuses(tolerated, statuses),
  };
}

function readStatuses(part: Part, statuses: readonly number[]): number[] {
  const parts = Array.isArray(part.value) ? takeList(part) : [part];
  if (parts.length === 0) throw refuse(part, 'at least one status', 'none');
  return parts.map((each) => {
    if (!statuses.some((status) => status === each.value))
      throw refuse(each, `a published status (${statuses.join(' ')})`);
    return each.value as number;
  });
}
