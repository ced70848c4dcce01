import { shuffled } from './json.ts';
import { inErrors } from './rewriting.ts';
import type { Variant } from './variant.ts';

type Errors = Record<string, string[]>;

/** A variant with other `validation_errors`. */
function reported(id: string, differs: string, change: (errors: Errors) => Errors): Variant {
  return {
    id: `validation-${id}`,
    differs,
    answer: inErrors((body) =>
      body.validation_errors ? { ...body, validation_errors: change(body.validation_errors) } : body,
    ),
  };
}

function renamed(id: string, differs: string, rename: (name: string) => string): Variant {
  return reported(id, differs, (errors) =>
    Object.fromEntries(Object.entries(errors).map(([name, reasons]) => [rename(name), reasons])),
  );
}

/** Unusual ways of saying what failed validation. */
export const VALIDATION: Variant[] = [
  reported('many-reasons', 'several reasons for each field', (errors) =>
    Object.fromEntries(
      Object.entries(errors).map(([name, reasons]) => [name, [...reasons, 'is not good', 'must be better', '…']]),
    ),
  ),
  reported('many-fields', 'more fields than the one at fault', (errors) => ({
    base: ['is refused'],
    ...errors,
    '': ['is refused'],
    'another field': ['is refused too'],
  })),
  reported('hundred-fields', 'a hundred fields', (errors) => ({
    ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`field_${index}`, ['is invalid']])),
    ...errors,
  })),
  reported('reasons-each-time', 'the reasons in another order each time', (errors) =>
    Object.fromEntries(
      Object.entries(errors).map(([name, reasons]) => [name, shuffled([...reasons, 'is not good', 'must be better'])]),
    ),
  ),
  reported('fields-each-time', 'the fields in another order each time', (errors) =>
    Object.fromEntries(shuffled(Object.entries({ ...errors, base: ['is refused'], other: ['is refused too'] }))),
  ),
  renamed('below-body', 'fields named from the body on', (name) => `body.${name}`),
  renamed('pointers', 'fields named by JSON pointers', (name) => `/${name.replaceAll('.', '/')}`),
  renamed('brackets', 'nested fields in brackets', (name) => name.replace(/\.(\w+)/g, '[$1]')),
  renamed('words', 'fields in words', (name) => name.replaceAll('_', ' ').replace(/^\w/, (char) => char.toUpperCase())),
  renamed('capitals', 'fields in capitals', (name) => name.toUpperCase()),
];
