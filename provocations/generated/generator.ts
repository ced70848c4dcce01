import { valueAt } from '../../model/json-pointer.ts';
import { fieldName } from '../../plan/body-places.ts';
import type { Draft, Generation, Scene } from '../../plan/case.ts';
import type { Json, Operation } from '../../schemas/contract.ts';
import { pathParams } from '../../schemas/path-params.ts';
import { bodyForms, validBody } from '../bodies.ts';
import { mayWrite, successControl } from '../controls.ts';
import { keepInert } from '../inert.ts';
import { buildRequest, clientErrors, isCreate, isSafe, realParams } from '../request.ts';
import { applyChanges, type Change, listTargets, type Target } from './changes.ts';
import { isDocumented } from './validity.ts';

/** Id of the provocation by generated bodies, whether the plan makes them or a search comes upon them. */
export const GENERATED_BODY = 'generated-body';

/** What makes probes out of changes to one form of an operation's body. */
export type Generator = {
  form: string;
  targets: Target[];
  /** The probe for these changes, named by them and a suffix; undefined when it may not be sent here, or changes nothing. */
  probe(changes: Change[], suffix?: string): Draft | undefined;
};

/** Share of the run's budget that each cell with generated input has, in requests. */
export function shareOf(scene: Scene, { budget }: Generation): number {
  const { operations } = scene.contract;
  const cells = [takesBody, takesPath, takesQuery].reduce((sum, takes) => sum + operations.filter(takes).length, 0);
  return Math.floor(budget / Math.max(1, cells));
}

/** Whether an operation has a body whose validation can fail. */
export function takesBody(operation: Operation): boolean {
  return operation.body !== undefined && operation.notApplicable[422] === undefined;
}

/** Whether an operation reads an object that its path names. */
export function takesPath(operation: Operation): boolean {
  return isSafe(operation) && pathParams(operation.path).length > 0 && operation.notApplicable[404] === undefined;
}

/** Whether an operation reads documented query parameters. */
export function takesQuery(operation: Operation): boolean {
  return isSafe(operation) && operation.parameters.some((each) => each.in === 'query');
}

/**
 * The generators of an operation, one for each form of its body, each with the accepted body as control. Where nothing
 * may be written there is none: no body was ever seen to be accepted.
 */
export function bodyGenerators(operation: Operation, scene: Scene): Generator[] {
  const params = realParams(operation, scene);
  const schema = operation.body?.schema;
  if (!params || !schema || !mayWrite(scene)) return [];
  return bodyForms(operation).flatMap((form) => {
    const body = validBody(operation, scene, `generated-${operation.id}-${form}`, form);
    const control = successControl(operation, scene, form);
    if (body === undefined || !control) return [];
    const targets = listTargets(schema, body);
    const bound = new Map(targets.map((target) => [target.pointer, target.bound]));
    const probe = (changes: Change[], suffix = ''): Draft | undefined => {
      const named = changes.map((change) =>
        bound.get(change.pointer) === 'name' ? withOwnName(change, body) : change,
      );
      const changed = applyChanges(body, named);
      if (JSON.stringify(changed) === JSON.stringify(body)) return undefined;
      const isSure = !isDocumented(schema, changed);
      // A server may accept it: an object must not get another name under the feet of other cases.
      if (!isSure && !isCreate(operation, scene) && changes.some(({ pointer }) => bound.get(pointer))) return undefined;
      const inert = keepInert(operation, scene, changed, body);
      if (inert === undefined) return undefined;
      const request = buildRequest(operation, { params, body: inert });
      const id = idOf(form, changes) + suffix;
      return makeProbe(operation, scene, {
        id,
        kinds: kindsOf(changes),
        provocation: GENERATED_BODY,
        request,
        controls: [control],
        isSure,
      });
    };
    return [{ form, targets, probe }];
  });
}

/** Whatever is made of it, a name has to begin as all of this run do: a server that takes it must be cleaned up behind. */
function withOwnName(change: Change, body: Json): Change {
  const own = valueAt(body, change.pointer);
  return typeof own === 'string' && typeof change.value === 'string' && change.value !== ''
    ? { ...change, value: own + change.value }
    : change;
}

/** Names a probe by what it changes. */
function idOf(form: string, changes: Change[]): string {
  return [GENERATED_BODY, form, ...changes.map(({ pointer, kind }) => `${fieldName(pointer)} ${kind}`)].join(':');
}

/** What a probe makes wrong where, whatever the form. */
function kindsOf(changes: Change[]): string[] {
  return changes.map(({ pointer, kind }) => `${fieldName(pointer)} ${kind}`).sort();
}

type Made = Pick<Draft, 'id' | 'provocation' | 'request' | 'controls' | 'kinds'> & {
  /** Set when the request has to be refused; otherwise it may also succeed. */
  isSure?: boolean;
};

/** A case that can only convict: whatever is documented will do, so that a crash, an undocumented status or a wrong body is wrong. */
export function makeProbe(operation: Operation, scene: Scene, { isSure = false, ...made }: Made): Draft {
  const refused = clientErrors(scene);
  return {
    ...made,
    also: isSure ? refused : [...refused, ...operation.successes],
    danger: isSafe(operation) ? 'read' : isSure ? 'reject' : 'write',
    provenance: 'organic',
  };
}
