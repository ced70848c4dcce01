import type { ErrorObject } from 'ajv/dist/2020.js';
import type { ValidationErrors } from '../errors.ts';
import { findIrrelevantErrors } from './variants.ts';

const MAX_FIELDS = 100;

/** Turns the validator's errors into the contract's `validation_errors`: readable reasons by dotted path, never empty. */
export function describeErrors(errors: readonly ErrorObject[]): ValidationErrors {
  const irrelevant = findIrrelevantErrors(errors);
  const reasons = new Map<string, Set<string>>();
  for (const error of errors) {
    if (irrelevant.has(error)) continue;
    const [field, reason] = describeError(error);
    if (reasons.size >= MAX_FIELDS && !reasons.has(field)) continue;
    reasons.set(field, (reasons.get(field) ?? new Set()).add(reason));
  }
  if (reasons.size === 0) reasons.set('body', new Set(['is invalid']));
  // `fromEntries` defines own properties, so that a field called `__proto__` is one like any other.
  return Object.fromEntries([...reasons].map(([field, texts]) => [field, [...texts]]));
}

function describeError(error: ErrorObject): [field: string, reason: string] {
  const { keyword, params, data } = error;
  switch (keyword) {
    case 'required':
      return [toField(error.instancePath, params.missingProperty as string), "can't be blank"];
    case 'discriminator':
      return [toField(error.instancePath, params.tag as string), describeTag(error)];
    case 'minLength':
      return [
        toField(error.instancePath),
        data === '' ? "can't be blank" : `must have at least ${params.limit} characters`,
      ];
    case 'enum':
      return [toField(error.instancePath), `must be one of: ${listValues(params.allowedValues as unknown[])}`];
    case 'const':
      return [toField(error.instancePath), `must be ${String(params.allowedValue)}`];
    case 'minimum':
      return [toField(error.instancePath), `must be at least ${params.limit}`];
    case 'maximum':
      return [toField(error.instancePath), `must be at most ${params.limit}`];
    case 'minItems':
      return [toField(error.instancePath), `must have at least ${params.limit} item(s)`];
    case 'maxItems':
      return [toField(error.instancePath), `must have at most ${params.limit} item(s)`];
    default:
      return [toField(error.instancePath), data === null ? "can't be blank" : 'is invalid'];
  }
}

function describeTag({ params, parentSchema }: ErrorObject): string {
  const tag = params.tag as string;
  if (params.tagValue === undefined || params.tagValue === null) return "can't be blank";
  const variants = (parentSchema as { oneOf: { properties: Record<string, { const: unknown }> }[] }).oneOf;
  return `must be one of: ${listValues(variants.map((variant) => variant.properties[tag]?.const))}`;
}

function listValues(values: unknown[]): string {
  return values.filter((value) => value !== null).join(', ');
}

/** `/replication_slots/0` and `slot_name` → `replication_slots.0.slot_name` (JSON Pointer escapes: RFC 6901 §3). */
function toField(pointer: string, ...more: string[]): string {
  const tokens = pointer.split('/').slice(1);
  const names = tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  return [...names, ...more].join('.') || 'body';
}
