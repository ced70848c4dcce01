import type { RequestSpec } from '../model/exchange.ts';
import type { Control, Scene } from '../plan/case.ts';
import { kindOf } from '../plan/places.ts';
import { resourceOf } from '../plan/resources.ts';
import { answersTo } from '../schemas/answers.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Operation } from '../schemas/contract.ts';
import { validBody } from './bodies.ts';
import { buildRequest, isSafe, realParams } from './request.ts';

/** Stages of controls: what reads, what writes, what removes. */
export const STAGE = { read: 0, write: 1, beforeRemoval: 2, removal: 3 } as const;

/** Whether this run may make and change objects of its own. */
export function mayWrite(scene: Scene): boolean {
  return scene.capabilities.allow.includes('write');
}

/** The plain request of an operation on a real object succeeds; undefined when there is no object or it may not be sent. */
export function successControl(operation: Operation, scene: Scene, form?: string): Control | undefined {
  const removes = scene.resources.find((resource) => resource.remove?.id === operation.id);
  if (!isSafe(operation) && !mayWrite(scene)) return undefined;
  if (operation.needsLiveObject && !scene.capabilities.profile.objects[operation.id]) return undefined;
  const params = removes ? scene.world.spare[removes.name]?.params : realParams(operation, scene);
  if (!params) return undefined;
  const suffix = form === undefined ? '' : `:${form}`;
  const body = operation.body ? validBody(operation, scene, `control-${operation.id}${suffix}`, form) : undefined;
  if (operation.body && body === undefined) return undefined;
  const stage = removes ? STAGE.removal : isSafe(operation) ? STAGE.read : STAGE.write;
  return {
    id: `${operation.id}:success${suffix}`,
    title: `${operation.method} ${operation.path}${form === undefined ? '' : ` (${form})`} succeeds`,
    operation: operation.id,
    request: buildRequest(operation, body === undefined ? { params } : { params, body }),
    holds: { success: true },
    danger: isSafe(operation) ? 'read' : 'write',
    stage,
  };
}

/** HEAD on a real object succeeds. The contract documents no HEAD, so that a server without it fails nothing. */
export function headControl(operation: Operation, scene: Scene): Control | undefined {
  const params = realParams(operation, scene);
  return (
    params && {
      id: `${operation.id}:head-success`,
      title: `HEAD ${operation.path} succeeds`,
      operation: operation.id,
      request: buildRequest(operation, { params, method: 'HEAD' }),
      holds: { success: true },
      danger: 'read',
      optional: true,
      stage: STAGE.read,
    }
  );
}

/**
 * The same request without the fault, but with another one, gets an orderly answer other than the error it is to show. None where the
 * contract gives the same answer to that other `condition`.
 */
export function contrastControls(
  operation: Operation,
  { contract }: Scene,
  contrast: { condition: Condition; name: string; request: RequestSpec },
  status: number,
): Control[] {
  const { condition, name, request } = contrast;
  if (answersTo(condition, operation, contract)?.required.includes(status)) return [];
  return [
    {
      id: `${operation.id}:${name}:not-${status}`,
      title: `${operation.method} ${operation.path} (${name}) is not answered ${status}`,
      operation: operation.id,
      request,
      holds: { not: status },
      danger: 'reject',
      stage: STAGE.read,
    },
  ];
}

/** A read operation on the same object as `operation`, or on its nearest parent: it shows that the object's path is right. */
export function siblingRead(operation: Operation, scene: Scene): Operation | undefined {
  const resource = resourceOf(operation, scene.resources);
  if (!resource) return undefined;
  const kind = kindOf(operation.path);
  const named = scene.contract.operations.filter(
    (each) =>
      each.method === 'GET' && kind.startsWith(kindOf(each.path)) && resourceOf(each, scene.resources) === resource,
  );
  return named.sort((one, other) => other.path.length - one.path.length)[0];
}

/** The strongest controls that the run may send for an operation: its own success, or else that of a read on the same object. */
export function baseControls(operation: Operation, scene: Scene): Control[] {
  const own = successControl(operation, scene);
  if (own) return [own];
  const sibling = siblingRead(operation, scene);
  const read = sibling && successControl(sibling, scene);
  return read ? [read] : [];
}

/** Whether the operation removes objects. */
function isRemoval(operation: Operation): boolean {
  return operation.method === 'DELETE';
}

/** Whether a valid request of this operation may be sent here: it reads, or it works on objects of our own. */
export function mayGoThrough(operation: Operation, scene: Scene): boolean {
  if (isSafe(operation)) return realParams(operation, scene) !== undefined;
  if (isRemoval(operation) || !mayWrite(scene)) return false;
  return realParams(operation, scene) !== undefined;
}
