import { bodyOn, type Defect, ITEM, LIST, on } from './defect.ts';

const summary = 'Something is wrong.';
const framework = { errors: { detail: 'Not Found' } };
const FIELDS = ['name', 'url', 'headers', 'encrypted_headers', 'webhook.site', 'local', 'path'];

/** Every field of the request, with a reason. */
function allFields(reason: unknown): Record<string, unknown> {
  return Object.fromEntries(FIELDS.map((name) => [name, reason]));
}

/** Defects of the body. */
export const BODIES: Defect[] = [
  { title: 'summary is missing', expect: ['fields-404'], rules: bodyOn(404, {}) },
  { title: 'summary is null', expect: ['fields-401'], rules: bodyOn(401, { summary: null }) },
  { title: 'summary is blank', expect: ['fields-403'], rules: bodyOn(403, { summary: ' \t' }) },
  { title: 'summary is a number', expect: ['fields-500'], rules: bodyOn(500, { summary: 500 }) },
  { title: 'the body is a JSON string', expect: ['fields-501'], rules: bodyOn(501, '"Not Implemented"') },
  { title: 'a field too many', expect: ['undocumented-field'], rules: bodyOn(504, { summary, code: 'E504' }) },
  { title: 'the body is empty', expect: ['error-body-json'], rules: bodyOn(401, '') },
  { title: 'plain text labelled as JSON', expect: ['error-body-json'], rules: bodyOn(400, 'Bad Request') },
  { title: 'JSON that ends too early', expect: ['error-body-json'], rules: bodyOn(404, '{"summary": "Not fo') },
  { title: 'a byte order mark', expect: ['json-no-bom'], rules: bodyOn(401, '\uFEFF{"summary": "No."}') },
  { title: 'not UTF-8', expect: ['json-utf8'], rules: bodyOn(404, Buffer.from('{"summary": "caf\xe9"}', 'latin1')) },
  {
    title: 'a name that stands twice',
    expect: ['json-unique-names'],
    rules: bodyOn(404, '{"summary": "One.", "summary": "Two."}'),
  },
  {
    title: 'a page of HTML',
    expect: ['error-body-json', 'no-html'],
    rules: on(404, () => ({ headers: { 'content-type': 'text/html' }, body: '<!doctype html><h1>Not Found</h1>' })),
  },
  {
    title: "the framework's own body on routes that do not exist",
    expect: ['fields-404', 'undocumented-field'],
    cells: ['unmatched-route 404'],
    rules: on(404, (back, { target }) =>
      target === LIST || ITEM.test(target) ? back : { body: JSON.stringify(framework) },
    ),
  },
  {
    title: 'validation_errors is an array',
    expect: ['fields-422'],
    allow: ['read', 'reject'],
    rules: bodyOn(422, { summary, validation_errors: [allFields(['is invalid'])] }),
  },
  {
    title: 'reasons are no arrays',
    expect: ['fields-422'],
    allow: ['read', 'reject'],
    rules: bodyOn(422, { summary, validation_errors: allFields('is invalid') }),
  },
  {
    title: 'validation_errors names no field',
    expect: ['offending-field-unnamed'],
    allow: ['read', 'reject'],
    rules: bodyOn(422, { summary, validation_errors: { base: ['is invalid'] } }),
  },
];
