/** The JSON media types: application/json and everything with the suffix +json (RFC 6839 §3.1). */
const JSON_TYPE = /^application\/([!#$&^_.+\w-]+\+)?json$/;

/** What a Content-Type says without its parameters, in small letters, whether or not it is a media type. */
function essenceOf(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

/** Whether a Content-Type, or a documented media type, is one of JSON. */
export function isJsonType(contentType: string): boolean {
  return JSON_TYPE.test(essenceOf(contentType));
}

/** Of documented media types and ranges, those that take a Content-Type in, the most exact first (RFC 9110 §12.5.1). */
export function fittingTypes(documented: readonly string[], contentType: string): string[] {
  const essence = essenceOf(contentType);
  const [type = ''] = essence.split('/');
  const wanted = [essence, `${type}/*`, '*/*'];
  const found = wanted.flatMap((each) => documented.filter((range) => essenceOf(range) === each));
  // Every range takes in a type and a subtype only.
  return /^[^/\s]+\/[^/\s]+$/.test(essence) ? found : [];
}

/** Whether a documented media type or range takes JSON in. */
export function takesJson(documented: string): boolean {
  return isJsonType(documented) || ['*/*', 'application/*'].includes(essenceOf(documented));
}
