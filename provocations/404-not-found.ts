import type { Control, Draft, Provocation, Scene, Yield } from '../plan/case.ts';
import { renameParams } from '../plan/places.ts';
import { resourceOf } from '../plan/resources.ts';
import type { Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { validBody, withNewNames } from './bodies.ts';
import { baseControls, headControl, STAGE, successControl } from './controls.ts';
import { isDocumented } from './generated/validity.ts';
import { canBeUnknown, madeUpId, uniqueName } from './made-up.ts';
import { buildRequest, isSafe, type RequestParts, realParams, unknownParams, whyNoObject } from './request.ts';

function missCase(
  id: string,
  operation: Operation,
  scene: Scene,
  params: Record<string, string>,
  controls: Control[],
  parts: RequestParts = {},
): Draft {
  const valid = operation.body ? (validBody(operation, scene, id) ?? {}) : undefined;
  const body = valid === undefined ? undefined : withNewNames(operation, scene, valid, `${id}-${operation.id}`);
  const request = buildRequest(operation, { ...parts, params, ...(body !== undefined && { body }) });
  const danger = isSafe(operation) ? 'read' : 'reject';
  return { id, provocation: id, request, controls, danger, provenance: 'organic', repeat: true };
}

/** Makes the one case of a provocation from the path parameters that lead nowhere. */
function missing(
  id: string,
  title: string,
  appliesTo: (operation: Operation) => boolean,
  aim: (operation: Operation, scene: Scene) => Record<string, string> | { untestable: string },
  parts: RequestParts = {},
): Provocation {
  return {
    id,
    condition: 'unknown-object',
    title,
    appliesTo,
    danger: (operation) => (isSafe(operation) ? 'read' : 'reject'),
    cases(operation, scene): Yield {
      const controls = baseControls(operation, scene);
      if (controls.length === 0) return { untestable: whyNoObject(operation, scene) };
      const params = aim(operation, scene);
      return 'untestable' in params
        ? { untestable: String(params.untestable) }
        : [missCase(id, operation, scene, params, controls, parts)];
    },
  };
}

const namesObject = (operation: Operation) =>
  pathParams(operation.path).length > 0 &&
  operation.parameters.every((each) => each.in !== 'path' || !isLast(operation, each.name) || canBeUnknown(each));
const namesChild = (operation: Operation) => pathParams(operation.path).length > 1;

const unknownId = missing('unknown-id', 'An id that no object has', namesObject, (operation, scene) =>
  unknownParams(operation, scene),
);

/** Frameworks choose what renders an error by what the client accepts; the contract promises JSON to everybody. */
const noAccept = missing(
  'no-accept',
  'An id that no object has, asked for by a client that does not say what it accepts',
  namesObject,
  (operation, scene) => unknownParams(operation, scene),
  { accept: null },
);

const NO_NAME = 'no-such-name';

/** A parameter with a type or a format of its own, such as uuid, takes ids only. */
const unknownName = missing(
  'unknown-name',
  'A name that no object has',
  (operation) =>
    operation.parameters.some(
      (each) =>
        each.in === 'path' &&
        isLast(operation, each.name) &&
        each.schema.format === undefined &&
        isDocumented(each.schema, `ecc-${NO_NAME}`),
    ),
  (operation, scene) => unknownParams(operation, scene, uniqueName(scene, NO_NAME)),
);

function isLast(operation: Operation, name: string): boolean {
  return pathParams(operation.path).at(-1) === name;
}

const unknownParent = missing(
  'unknown-parent',
  'A child under a parent that does not exist',
  namesChild,
  (operation, scene) => {
    const params = realParams(operation, scene);
    const parent = pathParams(operation.path)[0];
    return params && parent !== undefined
      ? { ...params, [parent]: madeUpId(operation, parent, scene) }
      : { untestable: whyNoObject(operation, scene) };
  },
);

const otherParent = missing(
  'other-parent',
  'A child under a parent that is not its own',
  namesChild,
  (operation, scene) => {
    const params = realParams(operation, scene);
    const own = resourceOf(operation, scene.resources);
    const parent = scene.resources.find((each) => each.name === own?.parent);
    const other = parent && scene.world.other[parent.name];
    return params && other
      ? { ...params, ...renameParams(parent.path, other.params, operation.path) }
      : { untestable: whyNoObject(operation, scene) };
  },
);

const otherType = missing('other-type', 'The id of an object of another type', namesObject, (operation, scene) => {
  const own = resourceOf(operation, scene.resources);
  const real = realParams(operation, scene) ?? {};
  const last = pathParams(operation.path).at(-1) ?? '';
  const stranger = scene.resources.find((each) => each.name !== own?.name && scene.world.main[each.name]);
  const object = stranger && scene.world.main[stranger.name];
  const id = stranger && object?.params[stranger.idParam];
  if (!object || id === undefined) return { untestable: 'no object of another type is known on this target' };
  // Where ids are counted, each type counts for itself, and this one may name another object.
  if (/^\d+$|^.{0,15}$/.test(id))
    return { untestable: 'the id of one object may be that of another of a different type here' };
  // A server that mixed the types up would change what it names: only our own objects may stand there.
  if (!isSafe(operation) && !object.own) return { untestable: 'needs an object of our own (danger class "write")' };
  return { ...unknownParams(operation, scene), ...without(real, last), [last]: id };
});

function without(params: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(params).filter(([each]) => each !== name));
}

const deleted: Provocation = {
  id: 'deleted',
  condition: 'removed-object',
  title: 'An object that was made, found and removed again',
  appliesTo: namesObject,
  danger: () => 'write',
  cases(operation, scene) {
    const resource = resourceOf(operation, scene.resources);
    const spare = resource && scene.world.spare[resource.name];
    const removal = resource?.remove && successControl(resource.remove, scene);
    if (!resource?.read || !spare || !removal) return { untestable: whyNoObject(operation, scene) };
    const found: Control = {
      id: `${resource.read.id}:spare-found`,
      title: `${resource.read.method} ${resource.read.path} finds the object before it is removed`,
      operation: resource.read.id,
      request: buildRequest(resource.read, { params: spare.params }),
      holds: { success: true },
      danger: 'read',
      stage: STAGE.beforeRemoval,
    };
    return [missCase('deleted', operation, scene, spare.params, [...baseControls(operation, scene), found, removal])];
  },
};

const headUnknown: Provocation = {
  id: 'head-unknown-id',
  condition: 'unknown-object',
  title: 'HEAD for an id that no object has',
  appliesTo: (operation) => isSafe(operation) && namesObject(operation),
  danger: () => 'read',
  cases(operation, scene) {
    const controls = baseControls(operation, scene);
    const seen = headControl(operation, scene);
    if (controls.length === 0 || !seen) return { untestable: whyNoObject(operation, scene) };
    const request = buildRequest(operation, { params: unknownParams(operation, scene), method: 'HEAD' });
    const id = 'head-unknown-id';
    return [
      {
        id,
        provocation: id,
        request,
        controls: [...controls, seen],
        danger: 'read',
        provenance: 'organic',
      },
    ];
  },
};

/** How 404 Not Found is provoked: paths that lead to no object. */
export const notFound: Provocation[] = [
  unknownId,
  noAccept,
  unknownName,
  unknownParent,
  otherParent,
  otherType,
  deleted,
  headUnknown,
];
