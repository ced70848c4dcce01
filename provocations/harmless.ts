import type { Control, Danger, Scene } from '../plan/case.ts';
import type { Condition } from '../schemas/conditions.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { validBody } from './bodies.ts';
import { baseControls, contrastControls, mayGoThrough, successControl } from './controls.ts';
import { buildRequest, isCreate, isSafe, type RequestParts, realParams, unknownParams } from './request.ts';
import { refusedBody } from './second-fault.ts';

/**
 * A request for an operation that harms nothing even when the fault built into it goes unseen: a read of a real object,
 * a valid write to an object of our own, or else a request that must be refused (an unknown id, an empty body).
 */
export type Harmless = { parts: RequestParts; danger: Danger; controls(status: number): Control[] };

/** The harmless request of an operation, or why there is none. `purpose` makes the names in its body unique. */
export function harmlessRequest(
  operation: Operation,
  scene: Scene,
  purpose: string,
): Harmless | { untestable: string } {
  if (mayGoThrough(operation, scene)) {
    const params = realParams(operation, scene) ?? {};
    const body = operation.body ? validBody(operation, scene, `${purpose}-${operation.id}`) : undefined;
    const control = successControl(operation, scene);
    if (control && (!operation.body || body !== undefined)) {
      const parts: RequestParts = body === undefined ? { params } : { params, body };
      return { parts, danger: isSafe(operation) ? 'read' : 'write', controls: () => [control] };
    }
  }
  if (isSafe(operation)) return { untestable: missingObject(operation, scene) };
  return refusedRequest(operation, scene);
}

/** A request that the API must refuse for a reason of its own: it aims at nothing, or says nothing. */
export function refusedRequest(operation: Operation, scene: Scene): Harmless {
  const params = pathParams(operation.path).length > 0 ? unknownParams(operation, scene) : {};
  const body: Json | undefined = operation.body
    ? (isCreate(operation, scene) && refusedBody(operation, scene, 'refused')) || {}
    : undefined;
  const parts: RequestParts = body === undefined ? { params } : { params, body };
  const what: { condition: Condition; name: string } =
    pathParams(operation.path).length > 0
      ? { condition: 'unknown-object', name: 'unknown id' }
      : { condition: 'invalid-body', name: 'invalid body' };
  return {
    parts,
    danger: 'reject',
    controls: (status) => [
      ...contrastControls(operation, scene, { ...what, request: buildRequest(operation, parts) }, status),
      ...baseControls(operation, scene),
    ],
  };
}

function missingObject(operation: Operation, scene: Scene): string {
  const reasons = Object.entries(scene.world.missing).map(([resource, reason]) => `${resource}: ${reason}`);
  return `${operation.method} ${operation.path} has no object to work on (${reasons.join('; ') || 'none was found'})`;
}
