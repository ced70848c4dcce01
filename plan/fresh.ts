import type { Parameter } from '../schemas/contract.ts';
import { givenIn } from '../schemas/sample.ts';

/** Whether a header names the request itself, so that no two may have the same: an Idempotency-Key, or a UUID of which the document gives none. */
export function isFresh({ name, in: place, schema, example }: Parameter): boolean {
  if (place !== 'header' || example !== undefined || givenIn(schema) !== undefined) return false;
  return schema.format === 'uuid' || /^(?:x-)?idempotency-key$/i.test(name);
}
