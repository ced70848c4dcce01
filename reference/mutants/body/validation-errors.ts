import { bodyOf, errorsAt, withBody } from '../../altering.ts';
import type { ValidationErrors } from '../../errors.ts';
import type { Seeded } from '../mutant.ts';

/** Replaces `validation_errors` in every 422. */
function errors(
  id: string,
  breaks: string,
  trips: Seeded['trips'],
  change: (fields: ValidationErrors) => Record<string, unknown>,
): Seeded {
  return {
    id: `body-errors-${id}`,
    breaks,
    trips,
    ...errorsAt({ status: 422 }, (answer) => {
      const { summary, validation_errors = {} } = bodyOf(answer);
      return withBody(answer, { summary, ...change(validation_errors) });
    }),
  };
}

/** Changes the reasons of every field. */
function reasons(id: string, breaks: string, change: (reasons: string[]) => unknown): Seeded {
  return errors(id, breaks, ['fields-422'], (fields) => ({
    validation_errors: Object.fromEntries(Object.entries(fields).map(([name, texts]) => [name, change(texts)])),
  }));
}

/** Defects of `validation_errors`. */
export const VALIDATION_ERRORS: Seeded[] = [
  errors('missing', 'no validation_errors', ['fields-422'], () => ({})),
  errors('null', 'validation_errors is null', ['fields-422'], () => ({ validation_errors: null })),
  errors('array', 'validation_errors is a list', ['fields-422'], (fields) => ({
    validation_errors: Object.entries(fields).map(([field, texts]) => ({ field, texts })),
  })),
  errors('string', 'validation_errors is a text', ['fields-422'], (fields) => ({
    validation_errors: Object.keys(fields).join(),
  })),
  errors('named-errors', 'errors in place of validation_errors', ['fields-422', 'undocumented-field'], (fields) => ({
    errors: fields,
  })),
  reasons('bare', 'a text in place of a list of reasons', ([reason]) => reason),
  reasons('empty', 'no reason for a field', () => []),
  reasons('empty-text', 'an empty reason', () => ['']),
  reasons('blank-text', 'a blank reason', () => ['  ']),
  reasons('number', 'a number for a reason', () => [42]),
  reasons('null-reason', 'null for a reason', () => [null]),
  reasons('object-reason', 'an object for a reason', ([text]) => [{ text }]),
  reasons('nested', 'reasons nested below the field', (texts) => ({ messages: texts })),
  errors('unnamed', 'validation_errors names no field', ['offending-field-unnamed'], () => ({
    validation_errors: { base: ['is invalid'] },
  })),
  errors('none', 'validation_errors is empty', ['offending-field-unnamed'], () => ({ validation_errors: {} })),
  errors('misnamed', 'validation_errors names another field', ['offending-field-unnamed'], () => ({
    validation_errors: { no_such_field: ['is invalid'] },
  })),
];
