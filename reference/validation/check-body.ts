import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { QUICKLY_COMPILED } from '../../documents/ajv-options.ts';
import type { JsonSchema, Operation } from '../../schemas/contract.ts';
import type { Caller } from '../authentication.ts';
import { invalid, type ValidationErrors } from '../errors.ts';
import type { JsonObject } from '../request-body.ts';
import type { Item, Kind, Store } from '../store.ts';
import { describeErrors } from './describe-errors.ts';
import { collectRules, type Rule, valueAt } from './rules.ts';

/** Where a body is judged: in which store, for whom, and for an update of which object. */
type CheckContext = { store: Store; caller: Caller; self?: Item };

/** Throws a 422 that names the fields of a body which the operation does not take; without context, by shape alone. */
export type CheckBody = (operationId: string, body: JsonObject, context?: CheckContext) => void;

type Check = { validate: ValidateFunction; rules: Rule[] };

/** Judges by the request schemas of the operations, each compiled once, when it is first needed: that makes starts fast. */
export function createBodyCheck(operations: readonly Operation[]): CheckBody {
  const ajv = new Ajv2020({ ...QUICKLY_COMPILED, allErrors: true, strict: false, verbose: true, discriminator: true });
  (addFormats as unknown as (instance: Ajv2020) => void)(ajv);
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const compiled = new Map<string, Check>();
  const compile = (operationId: string): Check | undefined => {
    const schema = byId.get(operationId)?.body?.schema;
    if (schema === undefined) return undefined;
    const check = { validate: ajv.compile(requireObjects(schema)), rules: collectRules(schema) };
    compiled.set(operationId, check);
    return check;
  };
  return (operationId, body, context) => {
    const check = compiled.get(operationId) ?? compile(operationId);
    if (check === undefined) return;
    if (!check.validate(body)) throw invalid(describeErrors(check.validate.errors ?? []));
    if (context === undefined) return;
    const errors: ValidationErrors = {};
    for (const rule of check.rules) {
      const value = valueAt(body, rule.path);
      if (typeof value !== 'string') continue;
      const kind = byId.get(rule.kind === 'unique' ? operationId : rule.operationId)?.tag as Kind;
      const reason = judge(rule.kind, context.store[kind].byName.get(value), context);
      if (reason !== undefined) errors[rule.path.join('.')] = [reason];
    }
    if (Object.keys(errors).length > 0) throw invalid(errors);
  };
}

function judge(kind: Rule['kind'], found: Item | undefined, { caller, self }: CheckContext): string | undefined {
  if (kind === 'unique') return found !== undefined && found.id !== self?.id ? 'has already been taken' : undefined;
  const isVisible = found !== undefined && (found.hidden !== true || caller === 'administrator');
  return isVisible ? undefined : 'does not exist';
}

/** The validator skips `oneOf` beside a `discriminator`, which says nothing about values that are no objects. */
function requireObjects(schema: JsonSchema): JsonSchema {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const copy: JsonSchema = {};
    for (const [key, value] of Object.entries(node)) copy[key] = visit(value);
    if (copy.discriminator !== undefined) copy.type ??= 'object';
    return copy;
  };
  return visit(schema) as JsonSchema;
}
