import { isBrokenOff, isUndelivered } from '../../model/exchange.ts';
import { appendPointer, valueAt } from '../../model/json-pointer.ts';
import type { Json } from '../../schemas/contract.ts';
import { typeOfJson } from '../response-body.ts';
import { type Check, expectsContent, isError, type Problem, problemIf, type Subject } from './check.ts';

const errorStatusDocumented: Check = {
  id: 'error-status-documented',
  clause: 'error-status-documented',
  judge({ response, rules: { statuses } }) {
    if (!isError(response)) return undefined;
    return problemIf(
      !statuses.includes(response.status),
      `status ${response.status} is none of the published ones (${statuses.join(' ')})`,
    );
  },
};

const errorBodyJson: Check = {
  id: 'error-body-json',
  clause: 'error-body-json',
  judge({ exchange, response, body }) {
    if (!isError(response) || !expectsContent(exchange)) return undefined;
    if (body.kind === 'empty') return [{ message: 'the body is empty' }];
    if (body.kind === 'json') return [];
    // Its end was not read: nobody can say that it is not JSON.
    if (response.truncated) return [{ message: 'the body is too long to be read to its end' }];
    return [{ message: `the body is not JSON: ${body.reason}` }];
  },
};

function meaningCheck(status: number): Check {
  return {
    id: `meaning-${status}`,
    clause: `meaning-${status}`,
    judge(subject) {
      // A case with several right answers is judged under the first, the status its provocation belongs to.
      if (subject.case?.expected[0] !== status) return undefined;
      // What was never delivered cannot have been answered wrongly.
      if (isUndelivered(subject.exchange) || isBrokenOff(subject.case, subject.exchange)) return undefined;
      return judgeMeaning(subject, subject.case);
    },
  };
}

/** Which statuses are right, and which of the others break no MUST. */
type Right = NonNullable<Subject['case']>;

function judgeMeaning({ exchange, response }: Subject, { expected, tolerated = [] }: Right): Problem[] {
  const wanted = expected.length === 1 ? String(expected[0]) : `one of ${expected.join(' ')}`;
  if (response)
    return problemIf(
      ![...expected, ...tolerated].includes(response.status),
      `expected ${wanted}, got ${response.status}`,
    );
  return [{ message: `expected ${wanted}, got no answer: ${exchange.failure?.message ?? 'nothing was received'}` }];
}

function fieldsCheck(status: number): Check {
  return {
    id: `fields-${status}`,
    clause: `fields-${status}`,
    judge({ response, body, rules }) {
      // A body that is no JSON at all is the finding of error-body-json.
      if (response?.status !== status || body.kind !== 'json') return undefined;
      return rules.judgeBody(status, body.value);
    },
  };
}

/** Most undocumented fields that are named: a body can have a hundred thousand, and twenty say as much. */
const MOST_NAMED = 20;

const canonicalFieldsOnly: Check = {
  id: 'undocumented-field',
  clause: 'canonical-fields-only',
  judge({ response, body, rules }) {
    const known = response && rules.canonicalFields[response.status];
    if (!known || body.kind !== 'json' || typeOfJson(body.value) !== 'an object') return undefined;
    return Object.keys(body.value as Record<string, Json>)
      .filter((name) => !known.includes(name))
      .slice(0, MOST_NAMED)
      .map((name) => ({ message: `field "${name}" is not documented`, pointer: appendPointer('', name) }));
  },
};

const validationNamesField: Check = {
  id: 'offending-field-unnamed',
  clause: 'validation-names-field',
  judge({ response, body, case: sent, rules }) {
    const holder = response && rules.fieldErrors[response.status];
    if (holder === undefined || sent?.field === undefined || body.kind !== 'json') return undefined;
    const errors = valueAt(body.value, appendPointer('', holder));
    if (errors === undefined || typeOfJson(errors) !== 'an object') return undefined;
    const message = `${holder} does not name "${sent.field}", which is at fault`;
    return problemIf(!namesField(errors, sent.field), message, appendPointer('', holder));
  },
};

/** Whether any key below names the field, its last part, or the object it stands in (`destination` for `destination.topic`). */
function namesField(errors: Json, field: string): boolean {
  const parts = field
    .toLowerCase()
    .split('.')
    .filter((part) => !/^\d+$/.test(part));
  // No recursion: depth is the server's choice.
  const open: Json[] = [errors];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === null || typeof next !== 'object' || Array.isArray(next)) continue;
    for (const [key, value] of Object.entries(next)) {
      const named = key.toLowerCase().split(/[.[\]/]+/);
      if (parts.some((part) => named.includes(part))) return true;
      open.push(value);
    }
  }
  return false;
}

/** The checks of the published contract, made for its statuses. */
export function contractChecks(statuses: number[]): Check[] {
  return [
    errorStatusDocumented,
    errorBodyJson,
    ...statuses.map(meaningCheck),
    ...statuses.map(fieldsCheck),
    canonicalFieldsOnly,
    validationNamesField,
  ];
}
