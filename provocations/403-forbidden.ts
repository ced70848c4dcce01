import { decodeLoosely } from '../model/percent.ts';
import type { Control, Draft, Provocation, Scene } from '../plan/case.ts';
import type { Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { isSecured } from '../schemas/security.ts';
import { validBody, withoutNames } from './bodies.ts';
import { baseControls, headControl, STAGE, siblingRead } from './controls.ts';
import { rightCredential } from './credentials.ts';
import { harmlessRequest } from './harmless.ts';
import { buildRequest, isSafe, realParams } from './request.ts';

/** Path parameters that lead an operation to, or below, an object hidden for administrators only. */
function restrictedParams(operation: Operation, scene: Scene): Record<string, string> | undefined {
  const { restricted, restrictedParams: below } = scene.capabilities.profile;
  for (const path of restricted) {
    const params = matchPrefix(operation.path, path);
    if (!params) continue;
    const rest = pathParams(operation.path).filter((name) => params[name] === undefined);
    if (rest.some((name) => below[name] === undefined)) continue;
    return { ...params, ...Object.fromEntries(rest.map((name) => [name, below[name] ?? ''])) };
  }
  return undefined;
}

/** Binds the first parameters of a path template to a concrete path that ends with the object's own name. */
function matchPrefix(template: string, path: string): Record<string, string> | undefined {
  const [parts, given] = [template.split('/'), path.split('/')];
  if (given.length > parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, value] of given.entries()) {
    const name = /^\{(.+)\}$/.exec(parts[index] ?? '')?.[1];
    if (name !== undefined) params[name] = decodeLoosely(value);
    else if (parts[index] !== value) return undefined;
  }
  return Object.keys(params).length > 0 ? params : undefined;
}

/** Ends the ids of controls in which the administrator sees a hidden object. */
export const HIDDEN_SHOWN = ':hidden-shown-to-administrator';

/** Reads of the hidden object: the administrator sees it, the ordinary token is refused. */
function readControls(operation: Operation, scene: Scene, params: Record<string, string>): Control[] | undefined {
  const read = isSafe(operation) ? operation : siblingRead(operation, scene);
  if (!read) return undefined;
  const common = { operation: read.id, danger: 'read' as const, stage: STAGE.read };
  const shown: Control = {
    ...common,
    id: `${read.id}${HIDDEN_SHOWN}`,
    title: `${read.method} ${read.path} shows the hidden object to the administrator`,
    request: buildRequest(read, { params, credential: rightCredential(read, 'adminToken') }),
    holds: { success: true },
  };
  if (isSafe(operation)) return [shown];
  // No method that changes anything is sent to a hidden object unless even reading it is refused.
  const refused: Control = {
    ...common,
    id: `${read.id}:hidden-refused`,
    title: `${read.method} ${read.path} refuses the hidden object to the ordinary token`,
    request: buildRequest(read, { params }),
    holds: { status: [403] },
  };
  return [shown, refused];
}

const hiddenObject: Provocation = {
  id: 'hidden-object',
  condition: 'hidden-object',
  title: 'An object hidden for administrators only, asked for with an ordinary token',
  appliesTo: (operation) => pathParams(operation.path).length > 0,
  danger: (operation) => (isSafe(operation) ? 'read' : 'write'),
  lacks(operation, capabilities) {
    const reachable = capabilities.profile.restricted.some((path) => matchPrefix(operation.path, path));
    if (!reachable) return 'no object hidden for administrators only is known here (API_RESTRICTED names one)';
    return capabilities.admin ? undefined : 'the control needs an administrator token (API_ADMIN_TOKEN)';
  },
  cases(operation, scene) {
    const params = restrictedParams(operation, scene);
    if (!params)
      return { untestable: 'no object below the hidden one is known (API_RESTRICTED can name its whole path)' };
    const reads = readControls(operation, scene, params);
    if (!reads) return { untestable: `no read operation shows what ${operation.id} aims at` };
    const valid = operation.body ? (validBody(operation, scene, 'hidden-object') ?? {}) : undefined;
    const body = valid === undefined ? undefined : withoutNames(operation, valid);
    const hidden: Draft = {
      id: 'hidden-object',
      provocation: 'hidden-object',
      request: buildRequest(operation, body === undefined ? { params } : { params, body }),
      controls: [...reads, ...baseControls(operation, scene)],
      danger: isSafe(operation) ? 'read' : 'write',
      provenance: 'organic',
      repeat: true,
    };
    if (!isSafe(operation)) return [hidden];
    const seen = headControl(operation, scene);
    if (!seen) return [hidden];
    const request = buildRequest(operation, { params, method: 'HEAD' });
    return [
      hidden,
      { ...hidden, id: 'hidden-object:head', request, controls: [...hidden.controls, seen], repeat: false },
    ];
  },
};

const LIMITED = 'limitedToken';

/** A read which the limited token may use and that it is known by: one that is refused as well shows nothing. */
function knownControl(operation: Operation, scene: Scene): Control | undefined {
  const { limited } = scene.capabilities.profile;
  const others = scene.contract.operations.filter(({ id }) => id !== operation.id && !limited.includes(id));
  const read = others.find((each) => isSafe(each) && realParams(each, scene) !== undefined);
  const params = read && realParams(read, scene);
  if (!read || !params) return undefined;
  return {
    id: `${read.id}:open-to-limited-token`,
    title: `${read.method} ${read.path} lets the limited token in`,
    operation: read.id,
    request: buildRequest(read, { params, credential: rightCredential(read, LIMITED) }),
    holds: { success: true },
    danger: 'read',
    stage: STAGE.read,
  };
}

const missingPermission: Provocation = {
  id: 'missing-permission',
  condition: 'missing-permission',
  title: 'A token that is known and may not do this at all',
  appliesTo: isSecured,
  danger: (operation) => (isSafe(operation) ? 'read' : 'reject'),
  // What no profile names is nothing to miss: not every API has such tokens.
  isFor: (operation, { profile }) => profile.limited.includes(operation.id),
  lacks: (_, { limited }) => (limited ? undefined : 'needs the token that may not do it (API_LIMITED_TOKEN)'),
  cases(operation, scene, status) {
    const harmless = harmlessRequest(operation, scene, 'missing-permission');
    if ('untestable' in harmless) return harmless;
    const known = knownControl(operation, scene);
    if (!known) return { untestable: 'nothing that the limited token may use shows that it is known' };
    const request = buildRequest(operation, {
      ...harmless.parts,
      credential: rightCredential(operation, LIMITED),
    });
    return [
      {
        id: 'missing-permission',
        provocation: 'missing-permission',
        request,
        controls: [known, ...harmless.controls(status)],
        danger: harmless.danger,
        provenance: 'organic',
        repeat: true,
      },
    ];
  },
};

/** How 403 Forbidden is provoked: by what is hidden from the caller, and by a caller who may not do it. */
export const forbidden: Provocation[] = [hiddenObject, missingPermission];
