import type { ResponseRecord } from '../../model/exchange.ts';
import { appendPointer } from '../../model/json-pointer.ts';
import type { Json } from '../../schemas/contract.ts';
import { fittingTypes, takesJson } from '../../schemas/media-type.ts';
import { documentedFields } from '../documented-fields.ts';
import { findUnnamed } from '../field-errors.ts';
import { typeOfJson } from '../response-body.ts';
import { type Check, expectsContent, headerValues, isError, problemIf } from './check.ts';
import { meaningCheck, showWanted } from './status-checks.ts';

const errorStatusDocumented: Check = {
  id: 'error-status-documented',
  clause: 'error-status-documented',
  judge({ response, documented, rules: { statuses } }) {
    if (!isError(response)) return undefined;
    // A range of the operation, or its `default`, speaks of statuses that nobody has named.
    if (documented.isNamed) return [];
    return problemIf(
      !statuses.includes(response.status),
      `status ${response.status} is none of the published ones (${statuses.join(' ')})`,
    );
  },
};

/** The documented types, or ranges of them, that the label of an answer fits. */
function documentedTypes(response: ResponseRecord, mediaTypes: string[]): string[] {
  return headerValues(response, 'content-type').flatMap((value) => fittingTypes(mediaTypes, value));
}

const errorBodyJson: Check = {
  id: 'error-body-json',
  clause: 'error-body-json',
  judge({ exchange, response, body, documented: { isNamed, mediaTypes = [] } }) {
    if (!isError(response) || !expectsContent(exchange)) return undefined;
    // The operation's own response may be documented without JSON, or without any content, or with other content as well.
    if (isNamed && !mediaTypes.some(takesJson)) return undefined;
    if (isNamed && documentedTypes(response, mediaTypes).some((type) => !takesJson(type))) return undefined;
    if (body.kind === 'empty') return [{ message: 'the body is empty' }];
    if (body.kind === 'json') return [];
    // Its end was not read: nobody can say that it is not JSON.
    if (response.truncated) return [{ message: 'the body is too long to be read to its end' }];
    return [{ message: `the body is not JSON: ${body.reason}` }];
  },
};

const answerPreferred: Check = {
  id: 'answer-preferred',
  clause: 'answer-preferred',
  judge({ response, case: sent }) {
    if (!response || !sent?.tolerated) return undefined;
    const { status } = response;
    return problemIf(
      sent.tolerated.includes(status),
      `expected ${showWanted(sent)}, got ${status}, which is no more than tolerated`,
    );
  },
};

function fieldsCheck(status: number): Check {
  return {
    id: `fields-${status}`,
    clause: `fields-${status}`,
    judge({ response, body, documented: { schema }, rules }) {
      // A body that is no JSON at all is the finding of error-body-json.
      if (response?.status !== status || body.kind !== 'json' || !schema) return undefined;
      return rules.judgeBody(schema, body.value);
    },
  };
}

/** Most undocumented fields that are named: a body can have a hundred thousand, and twenty say as much. */
const MOST_NAMED = 20;

const canonicalFieldsOnly: Check = {
  id: 'undocumented-field',
  clause: 'canonical-fields-only',
  judge({ response, body, documented: { schema } }) {
    const known = isError(response) && schema && documentedFields(schema);
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
  judge({ response, body, case: sent, documented: { schema } }) {
    if (!response || !schema || sent?.field === undefined || body.kind !== 'json') return undefined;
    // An answer to something else than the fault need not know of it.
    const isAnswer = sent.expected.includes(response.status);
    return findUnnamed(schema, body.value, sent.field, isAnswer)?.map(({ pointer }) => ({
      message: `${pointer.slice(1)} does not name "${sent.field}", which is at fault`,
      pointer,
    }));
  },
};

const errorMediaTypeDocumented: Check = {
  id: 'error-media-type-documented',
  clause: 'error-media-type-documented',
  judge({ response, body, documented: { mediaTypes = [] } }) {
    if (!isError(response) || response.bodyBytes === 0 || mediaTypes.length === 0) return undefined;
    // A body that is no JSON where JSON is documented is the finding of error-body-json, whatever its label.
    if (body.kind !== 'json' && mediaTypes.some(takesJson)) return undefined;
    // None at all, or several, are findings of their own.
    const [value, ...more] = headerValues(response, 'content-type');
    if (value === undefined || more.length > 0) return undefined;
    return problemIf(
      fittingTypes(mediaTypes, value).length === 0,
      `Content-Type says "${value}", and documented is ${mediaTypes.join(' or ')}`,
    );
  },
};

/** The checks of the published contract, made for its statuses. */
export function contractChecks(statuses: number[]): Check[] {
  return [
    errorStatusDocumented,
    errorBodyJson,
    ...statuses.map(meaningCheck),
    ...statuses.map(fieldsCheck),
    canonicalFieldsOnly,
    validationNamesField,
    errorMediaTypeDocumented,
    answerPreferred,
  ];
}
