import { withValueAt } from '../model/json-pointer.ts';
import { fieldName, listPlaces, type Place } from '../plan/body-places.ts';
import type { Control, Draft, Provocation, Scene, Yield } from '../plan/case.ts';
import { resourceOf } from '../plan/resources.ts';
import { answersTo } from '../schemas/answers.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { pathParams } from '../schemas/path-params.ts';
import { bodyForms, validBody } from './bodies.ts';
import { baseControls, contrastControls, mayWrite, successControl } from './controls.ts';
import { keepInert, NOT_INERT } from './inert.ts';
import { invalidValues } from './invalid-values.ts';
import { uniqueName } from './made-up.ts';
import { buildRequest, isSafe, realParams, whyNoObject } from './request.ts';
import { withSecondFault } from './second-fault.ts';

/** One form of an operation's body, valid here, and what shows that the operation accepts it. */
type Form = { name: string; body: Json; controls: Control[] };

function formsOf(operation: Operation, scene: Scene, params: Record<string, string>, status: number): Form[] {
  return bodyForms(operation).flatMap((name) => {
    const body = validBody(operation, scene, `invalid-${operation.id}-${name}`, name);
    if (body === undefined) return [];
    const success = successControl(operation, scene, name);
    // Without leave to write nothing valid may be sent: a body that cannot be read must then be told from one that is invalid.
    const unreadable = buildRequest(operation, { params, rawBody: { text: '{' } });
    const contrast = { condition: 'unreadable-body' as const, name: 'unreadable body', request: unreadable };
    const controls = success
      ? [success]
      : [...contrastControls(operation, scene, contrast, status), ...baseControls(operation, scene)];
    return [{ name, body, controls }];
  });
}

/** What a request with an invalid body is made of, or why none may be sent. */
function basisOf(
  operation: Operation,
  scene: Scene,
  status: number,
): { params: Record<string, string>; forms: Form[] } | string {
  const params = realParams(operation, scene);
  if (!params) return whyNoObject(operation, scene);
  if (!mayWrite(scene) && pathParams(operation.path).length > 0) {
    return 'an invalid change needs an object of our own, and the danger class "write" is not allowed';
  }
  return { params, forms: formsOf(operation, scene, params, status) };
}

function makeCase(
  operation: Operation,
  params: Record<string, string>,
  id: string,
  provocation: string,
  body: Json,
  controls: Control[],
): Draft {
  const request = buildRequest(operation, { params, body });
  return { id, provocation, request, controls, danger: 'reject', provenance: 'organic' };
}

const NO_SECOND_FAULT =
  'its body is one fault away from a valid one, and no second fault is certain: it needs the danger class "write"';

const invalidField: Provocation = {
  id: 'invalid-field',
  condition: 'invalid-body',
  title: 'One field of a valid body made invalid: missing, null, of another type, empty, out of range, unknown',
  appliesTo: (operation) => operation.body !== undefined,
  danger: () => 'reject',
  cases(operation, scene, status): Yield {
    const basis = basisOf(operation, scene, status);
    if (typeof basis === 'string') return { untestable: basis };
    const { params, forms } = basis;
    const seen = new Set<string>();
    const repeated = new Set<string>();
    return forms.flatMap((form) =>
      listPlaces(operation.body?.schema ?? {}, form.body)
        // The same schema governs the same field of every form; once is enough.
        .filter((place) => !seen.has(place.key) && seen.add(place.key))
        .flatMap((place) => invalidCases(operation, scene, params, form, place, repeated)),
    );
  },
};

function invalidCases(
  operation: Operation,
  scene: Scene,
  params: Record<string, string>,
  form: Form,
  place: Place,
  repeated: Set<string>,
): Draft[] {
  return invalidValues(place).map(({ kind, value }) => {
    const field = fieldName(place.pointer);
    const id = `invalid-field:${form.name}:${field}:${kind}`;
    const faulty = withValueAt(form.body, place.pointer, value);
    const second = mayWrite(scene)
      ? undefined
      : withSecondFault(operation, scene, faulty, { valid: form.body, at: place.pointer });
    const body = second?.body ?? keepInert(operation, scene, faulty, form.body);
    const made = makeCase(operation, params, id, 'invalid-field', body ?? faulty, form.controls);
    if (second) made.also = answersTo(second.condition, operation, scene.contract)?.required ?? [];
    else if (!mayWrite(scene)) made.withheld = NO_SECOND_FAULT;
    else if (body === undefined) made.withheld = NOT_INERT;
    // Of two faults either may be told. Without the field that chooses a form, any field of any other form may be named as missing.
    if (!second && !(place.choosesForm && kind === 'missing')) made.field = field;
    if (!repeated.has(kind)) made.repeat = true;
    repeated.add(kind);
    return made;
  });
}

const duplicateName: Provocation = {
  id: 'duplicate-name',
  condition: 'taken',
  title: 'A name that another object has already',
  appliesTo: (operation) => operation.body !== undefined && !isSafe(operation),
  // Its body is valid but for the name: a server that overlooks that carries it out.
  danger: () => 'write',
  cases(operation, scene, status): Yield {
    const basis = basisOf(operation, scene, status);
    if (typeof basis === 'string') return { untestable: basis };
    const { params, forms } = basis;
    const form = forms[0];
    const place =
      form && listPlaces(operation.body?.schema ?? {}, form.body).find((each) => each.schema['x-unique'] === true);
    const taken = form && place && takenName(operation, scene, place.pointer);
    if (!form || !place) return [];
    if (taken === undefined) return { untestable: 'no other object is known whose name could be taken' };
    const body = withValueAt(form.body, place.pointer, taken);
    return [
      {
        ...makeCase(operation, params, 'duplicate-name', 'duplicate-name', body, form.controls),
        danger: 'write',
        field: fieldName(place.pointer),
        repeat: true,
      },
    ];
  },
};

const unknownReference: Provocation = {
  id: 'unknown-reference',
  condition: 'unknown-reference',
  title: 'A field that names an object which does not exist',
  appliesTo: (operation) => operation.body !== undefined && !isSafe(operation),
  // As with a taken name: nothing but what the server knows makes it invalid.
  danger: () => 'write',
  cases(operation, scene, status): Yield {
    const basis = basisOf(operation, scene, status);
    if (typeof basis === 'string') return { untestable: basis };
    const { params, forms } = basis;
    const form = forms[0];
    const places = form ? listPlaces(operation.body?.schema ?? {}, form.body) : [];
    return places.flatMap(({ pointer, schema }) => {
      if (!form || schema['x-references'] === undefined) return [];
      const field = fieldName(pointer);
      const id = `unknown-reference:${field}`;
      const unknown = uniqueName(scene, 'no-such-object', schema);
      if (unknown === undefined) return [];
      const body = withValueAt(form.body, pointer, unknown);
      const made = makeCase(operation, params, id, 'unknown-reference', body, form.controls);
      return [{ ...made, danger: 'write' as const, field }];
    });
  },
};

/** The name of an object other than the one the request is about. */
function takenName(operation: Operation, scene: Scene, pointer: string): Json | undefined {
  const resource =
    scene.resources.find((each) => each.create.id === operation.id) ?? resourceOf(operation, scene.resources);
  if (!resource) return undefined;
  const { main, other: others } = scene.world;
  // Nothing changes the other one; what changes the main one may overlook that a name is wrong.
  const other = others[resource.name] ?? (resource.create.id === operation.id ? main[resource.name] : undefined);
  const name =
    other?.body !== null && typeof other?.body === 'object' && !Array.isArray(other.body)
      ? other.body[fieldName(pointer)]
      : undefined;
  return typeof name === 'string' ? name : undefined;
}

const inUse: Provocation = {
  id: 'in-use',
  condition: 'in-use',
  title: 'Removing an object that another object uses',
  appliesTo: (operation) => operation.refusedWhileUsedBy !== undefined,
  danger: () => 'write',
  cases(operation, scene): Yield {
    const resource = resourceOf(operation, scene.resources);
    const held = resource && scene.world.held[resource.name];
    const control = successControl(operation, scene);
    if (!held || !control) return { untestable: whyNoObject(operation, scene) };
    const request = buildRequest(operation, { params: held.params });
    return [
      {
        id: 'in-use',
        provocation: 'in-use',
        request,
        // Nothing is decided yet (RFC 9110 §15.3.3).
        withinBounds: [202],
        controls: [control],
        danger: 'write',
        provenance: 'organic',
        repeat: true,
      },
    ];
  },
};

/** How 422 Unprocessable Entity is provoked: requests that can be read and are not valid. */
export const unprocessableEntity: Provocation[] = [invalidField, duplicateName, unknownReference, inUse];
