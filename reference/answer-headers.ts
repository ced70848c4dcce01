/** Content type of every answer (RFC 8259 §11 defines no charset; many clients still guess without one). */
const JSON_TYPE = 'application/json; charset=utf-8';

/** Headers that every answer carries, whoever writes it. */
export const COMMON_HEADERS: Record<string, string> = {
  'content-type': JSON_TYPE,
  // RFC 9111 §4.2.2: 404 and 501 are cacheable by heuristics unless the answer says otherwise.
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};
