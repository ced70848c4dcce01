import type { RequestSpec } from '../model/exchange.ts';

/** Names under which servers and their frameworks take another method than the one of the request line. */
const HEADER = /^x-(?:http-)?method(?:-override)?$/i;
const FIELD = /^(?:_method|(?:x-)?(?:http-)?method-?override|x-http-method(?:-override)?)$/i;

/** Where a request names another method than its own: a header, a parameter of the query, a field of the body. */
export function findOverride({ target, headers, body }: RequestSpec): string | undefined {
  const header = headers.find(([name]) => HEADER.test(name.trim()));
  if (header) return `the header ${header[0]}`;
  const parameter = namesOf(target.includes('?') ? target.slice(target.indexOf('?') + 1) : '').find(isField);
  if (parameter !== undefined) return `the query parameter ${parameter}`;
  const text = body && ('text' in body ? body.text : Buffer.from(body.base64, 'base64').toString('utf8'));
  const field = text === undefined ? undefined : [...fieldsOf(text), ...namesOf(text)].find(isField);
  return field === undefined ? undefined : `the field ${field}`;
}

function isField(name: string): boolean {
  return FIELD.test(name.trim());
}

function namesOf(form: string): string[] {
  return [
    ...new URLSearchParams(form).keys(),
    ...[...form.matchAll(/name="([^"]{1,40})"/g)].map(([, name = '']) => name),
  ];
}

/** Names in a JSON text, also in one that is broken: a lenient server may read it all the same. */
function fieldsOf(text: string): string[] {
  return [...text.matchAll(/(?<!\\)"((?:[^"\\]|\\.){1,100})"\s{0,20}:/g)].map(([, name = '']) => readName(name));
}

function readName(name: string): string {
  try {
    return String(JSON.parse(`"${name}"`));
  } catch {
    return name;
  }
}
