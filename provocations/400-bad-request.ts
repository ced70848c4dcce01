import type { RequestSpec } from '../model/exchange.ts';
import type { Draft, Provocation, Scene, Yield } from '../plan/case.ts';
import type { Operation, Parameter } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { validBody } from './bodies.ts';
import { baseControls, contrastControls, mayWrite, successControl } from './controls.ts';
import { isDocumented } from './generated/validity.ts';
import {
  buildRequest,
  clientErrors,
  isCreate,
  isSafe,
  type RequestParts,
  realParams,
  unknownParams,
  whyNoObject,
} from './request.ts';
import { refusedBody } from './second-fault.ts';

/** How a valid body is broken, and the statuses that answer it; only 400 unless told otherwise. */
type Breakage = Pick<Provocation, 'id' | 'title' | 'condition'> & {
  break(text: string): RequestParts;
  anyClientError?: boolean;
};

const BREAKAGES: Breakage[] = [
  {
    id: 'truncated-json',
    condition: 'unreadable-body',
    title: 'A JSON body cut in the middle',
    break: (text) => ({ rawBody: { text: text.slice(0, Math.max(1, Math.floor(text.length / 2))) } }),
  },
  {
    id: 'trailing-garbage',
    condition: 'unreadable-body',
    title: 'A JSON body with text behind it',
    break: (text) => ({ rawBody: { text: `${text} garbage` } }),
  },
  {
    id: 'wrong-content-type',
    condition: 'wrong-media-type',
    title: 'A JSON body labelled as text',
    break: (text) => ({ rawBody: { text }, contentType: 'text/plain' }),
  },
  {
    id: 'absent-content-type',
    condition: 'wrong-media-type',
    title: 'A JSON body without a Content-Type',
    break: (text) => ({ rawBody: { text }, contentType: null }),
  },
  {
    id: 'invalid-utf8',
    condition: 'unreadable-body',
    title: 'A JSON body with a byte that is not UTF-8',
    break: (text) => ({ rawBody: { base64: withInvalidByte(text) } }),
  },
  {
    id: 'not-an-object',
    // JSON it is; what reads nothing but objects takes it for unreadable, and others for invalid.
    condition: 'unreadable-body',
    title: 'A JSON body that is no object',
    break: () => ({ rawBody: { text: '[]' } }),
    anyClientError: true,
  },
];

/**
 * Stands in for a valid body where none may be sent: a lenient server that overlooks the fault must refuse it all the same.
 * It has a field for a cut or an inserted byte to break.
 */
const REFUSED = { 'ecc-no-such-field': 'example' };

/** Puts 0xFF, which UTF-8 never holds (RFC 3629 §3), into the first string value of an object's JSON text. */
function withInvalidByte(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  const at = bytes.indexOf(':"');
  const cut = at < 0 ? 1 : at + 2;
  return Buffer.concat([bytes.subarray(0, cut), Buffer.from([0xff]), bytes.subarray(cut)]).toString('base64');
}

function bodyProvocation(breakage: Breakage): Provocation {
  return {
    id: breakage.id,
    condition: breakage.condition,
    title: breakage.title,
    appliesTo: (operation) => operation.body !== undefined,
    danger: () => 'reject',
    cases: (operation, scene, status) => bodyCases(breakage, operation, scene, status),
  };
}

function bodyCases(breakage: Breakage, operation: Operation, scene: Scene, status: number): Yield {
  const params = realParams(operation, scene);
  if (!params) return { untestable: whyNoObject(operation, scene) };
  // Without leave to write, a change may not aim at an object that is there, and at one that is not the answer may be 404.
  if (!mayWrite(scene) && pathParams(operation.path).length > 0) {
    return { untestable: 'a broken change needs an object of our own, and the danger class "write" is not allowed' };
  }
  const body = validBody(operation, scene, breakage.id);
  const success = successControl(operation, scene);
  const refused = isCreate(operation, scene) ? refusedBody(operation, scene, 'refused') : undefined;
  const invalid = buildRequest(operation, { params, body: refused ?? {} });
  const contrast = { condition: 'invalid-body' as const, name: 'invalid body', request: invalid };
  const controls = success
    ? [success]
    : [...contrastControls(operation, scene, contrast, status), ...baseControls(operation, scene)];
  const text = JSON.stringify((mayWrite(scene) ? body : refused) ?? REFUSED);
  const request = buildRequest(operation, { params, ...breakage.break(text) });
  return [
    {
      id: breakage.id,
      provocation: breakage.id,
      request,
      ...(breakage.anyClientError && { also: clientErrors(scene) }),
      controls,
      danger: 'reject',
      provenance: 'organic',
      repeat: true,
    },
  ];
}

/**
 * Percent-encodings that no path may hold: no hexadecimal digits, a cut triplet, bytes that are no UTF-8. Each stands behind an
 * id that nothing has, so that whatever a lenient server makes of it names nothing.
 */
const MALFORMED = [
  { id: 'not-hexadecimal', text: '%zz' },
  { id: 'cut-short', text: '%' },
  { id: 'not-utf8', text: '%ff' },
];

const malformedPath: Provocation = {
  id: 'malformed-path-encoding',
  condition: 'malformed-target',
  title: 'A path with a malformed percent-encoding',
  appliesTo: (operation) => pathParams(operation.path).length > 0,
  // It can name no object, so that no method has anything to work on.
  danger: (operation) => (isSafe(operation) ? 'read' : 'reject'),
  cases(operation, scene, status) {
    const controls = pathControls(operation, scene, status);
    if (controls.length === 0) return { untestable: whyNoObject(operation, scene) };
    return MALFORMED.map(({ id, text }) =>
      encodingCase(`malformed-path-encoding:${id}`, operation, scene, text, controls),
    );
  },
};

function encodingCase(
  id: string,
  operation: Operation,
  scene: Scene,
  text: string,
  controls: Draft['controls'],
): Draft {
  const marker = 'malformed-path-parameter';
  const { madeUp } = scene.world;
  const parts: RequestParts = { params: unknownParams(operation, scene, marker) };
  if (operation.body) parts.body = validBody(operation, scene, 'malformed-path') ?? {};
  const request: RequestSpec = buildRequest(operation, parts);
  request.target = request.target.replace(marker, madeUp + text);
  const danger = isSafe(operation) ? 'read' : 'reject';
  return {
    id,
    provocation: 'malformed-path-encoding',
    request,
    controls,
    danger,
    provenance: 'organic',
    repeat: id.endsWith('not-utf8'),
  };
}

/** The same request with a well-formed path: one that succeeds where that does no harm, and one for an unknown object. */
function pathControls(operation: Operation, scene: Scene, status: number): Draft['controls'] {
  const base = baseControls(operation, scene);
  if (base.length === 0 || isSafe(operation)) return base;
  const parts: RequestParts = { params: unknownParams(operation, scene) };
  if (operation.body) parts.body = validBody(operation, scene, 'well-formed-path') ?? {};
  const unknown = { condition: 'unknown-object' as const, name: 'unknown id', request: buildRequest(operation, parts) };
  return [...base, ...contrastControls(operation, scene, unknown, status)];
}

const malformedQuery: Provocation = {
  id: 'malformed-query-encoding',
  condition: 'malformed-target',
  title: 'A query with a malformed percent-encoding',
  appliesTo: (operation) => isSafe(operation) && operation.parameters.some((parameter) => parameter.in === 'query'),
  danger: () => 'read',
  cases(operation, scene) {
    const params = realParams(operation, scene);
    const control = successControl(operation, scene);
    const name = operation.parameters.find((parameter) => parameter.in === 'query')?.name;
    if (!params || !control || name === undefined) return { untestable: whyNoObject(operation, scene) };
    const request = buildRequest(operation, { params, without: [name], query: `${encodeURIComponent(name)}=%ff` });
    const id = 'malformed-query-encoding';
    return [
      {
        id,
        provocation: id,
        request,
        controls: [control],
        danger: 'read',
        provenance: 'organic',
        repeat: true,
      },
    ];
  },
};

/** What is no number, no date and no UUID, whatever a parameter asks for. */
const NO_ID = 'ecc-no-such-id';

/** The last parameter of a path, if it is of a type or a form of its own. */
function typedParameter({ path, parameters }: Operation): Parameter | undefined {
  const last = pathParams(path).at(-1);
  return parameters.find((each) => each.in === 'path' && each.name === last && !isDocumented(each.schema, NO_ID));
}

const invalidId: Provocation = {
  id: 'invalid-id',
  condition: 'invalid-parameter',
  title: 'An id of another type or form than the path asks for',
  // Only for reading: what a lenient server makes of it may be somebody's.
  appliesTo: (operation) => isSafe(operation) && typedParameter(operation) !== undefined,
  danger: () => 'read',
  cases(operation, scene) {
    const controls = baseControls(operation, scene);
    if (controls.length === 0) return { untestable: whyNoObject(operation, scene) };
    const request = buildRequest(operation, { params: unknownParams(operation, scene, NO_ID) });
    const id = 'invalid-id';
    return [{ id, provocation: id, request, controls, danger: 'read', provenance: 'organic', repeat: true }];
  },
};

/** How 400 Bad Request is provoked: requests that cannot be read. */
export const badRequest: Provocation[] = [...BREAKAGES.map(bodyProvocation), malformedPath, malformedQuery, invalidId];
