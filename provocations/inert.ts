import { valueAt, withValueAt } from '../model/json-pointer.ts';
import { fieldName, listPlaces, type Place } from '../plan/body-places.ts';
import type { Scene } from '../plan/case.ts';
import { resourceOf } from '../plan/resources.ts';
import type { Json, JsonSchema, Operation } from '../schemas/contract.ts';

/*
 * What a run makes does nothing: fields that the contract or the target profile names keep it from beginning, or it has nowhere to go to.
 */

/** A name that leads nowhere (RFC 6761 §6.4). Loopback would be the server's own. */
const NOWHERE = 'ecc.invalid';

/** Names of fields that say where something is sent to, or fetched from. */
const DESTINATION = /(?:^|_)(?:hosts?|hostname|ur[il]s?|endpoints?|address(?:es)?|servers?|brokers?)$/i;

/** Values that keep an object inert, by the dotted path of their field: those of the contract (`x-inert`), and of the profile over them. */
function inertValues(operation: Operation, scene: Scene): [pointer: string, value: Json][] {
  const named = { ...findMark(operation.body?.schema), ...scene.capabilities.profile.inert?.[operation.id] };
  return Object.entries(named).map(([field, value]) => [`/${field.replaceAll('.', '/')}`, value]);
}

function findMark(schema: JsonSchema | undefined): Record<string, Json> {
  if (!schema) return {};
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) => (schema[keyword] ?? []) as JsonSchema[]);
  return Object.assign({}, ...parts.map(findMark), schema['x-inert'] ?? {});
}

/** A valid body that makes an object which does nothing; a field that the profile fills stays as it is there. */
export function makeInert(operation: Operation, scene: Scene, body: Json): Json {
  const given = scene.capabilities.profile.bodies[operation.id] as Json | undefined;
  return inertValues(operation, scene)
    .filter(([pointer]) => valueAt(given, pointer) === undefined)
    .reduce((made, [pointer, value]) => withValueAt(made, pointer, value), body);
}

/**
 * A body that was `valid` before something in it was made wrong, as it may be sent: where that is in what keeps an object inert, all that
 * the body itself says of where to send to leads nowhere. Undefined where neither that nor an object that it uses keeps it inert.
 */
export function keepInert(operation: Operation, scene: Scene, body: Json, valid: Json): Json | undefined {
  const values = inertValues(operation, scene);
  const isKept = values.every(([pointer, value]) => {
    const own = valueAt(valid, pointer);
    return valueAt(body, pointer) === (own === undefined ? value : own);
  });
  if (isKept) return body;
  const places = listPlaces(operation.body?.schema ?? {}, valid);
  const own = places.filter(isDestination);
  const dead = own.reduce((made, { pointer, value }) => {
    // The fault itself may be here: it stays.
    const stands = valueAt(made, pointer) === value && typeof value === 'string';
    return stands ? withValueAt(made, pointer, leadNowhere(value)) : made;
  }, body);
  // What a change leaves out stays as it was made.
  const before = placesBefore(operation, scene);
  const used = [...places, ...before].flatMap((place) => usedObject(place, scene) ?? []);
  // Nothing goes through an object of which one end leads nowhere.
  const ends = [
    own.map(({ pointer }) => valueAt(dead, pointer)),
    before.filter(isDestination).map(({ value }) => value),
    ...used.map(destinationsIn),
  ].map((end) => end.filter((each) => typeof each === 'string'));
  return ends.some((end) => end.length > 0 && end.every(leadsNowhere)) ? dead : undefined;
}

/** Why a case is not sent that `keepInert` has no body for. */
export const NOT_INERT =
  'it breaks what keeps an object inert (x-inert), and nothing else here keeps a server that overlooks it from using it';

function isDestination({ pointer, value, schema }: Place): boolean {
  // What names an object is no address, whatever it is called.
  if (schema['x-references'] !== undefined) return false;
  return typeof value === 'string' && isAddress(fieldName(pointer).split('.').at(-1) ?? '', value);
}

function isAddress(name: string, value: string): boolean {
  return DESTINATION.test(name) || /^[a-z][a-z0-9+.-]*:\/\//i.test(value);
}

/** The places of the object of this run that an operation changes, as it was made. */
function placesBefore(operation: Operation, scene: Scene): Place[] {
  const resource = resourceOf(operation, scene.resources);
  const body = resource?.update?.id === operation.id ? scene.world.main[resource.name]?.body : undefined;
  return resource && body !== undefined ? listPlaces(resource.create.body?.schema ?? {}, body) : [];
}

/** The object of this run that a place names, as its create answered it. */
function usedObject({ schema }: Place, scene: Scene): Json | undefined {
  const reference = schema['x-references'] as { operationId: string } | undefined;
  const resource = reference && scene.resources.find(({ create }) => create.id === reference.operationId);
  return resource && scene.world.main[resource.name]?.body;
}

function destinationsIn(value: Json): Json[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, child]) =>
    typeof child === 'string' ? (isAddress(name, child) ? [child] : []) : destinationsIn(child),
  );
}

/** A host, a list of them with ports, or a URL, with hosts that lead nowhere. */
function leadNowhere(text: string): string {
  const inUrl = /^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?)([^/?#]*)(.*)$/is.exec(text);
  if (inUrl) return `${inUrl[1]}${leadNowhere(inUrl[2] ?? '')}${inUrl[3]}`;
  return text
    .split(',')
    .map((each) => each.replace(/^\s*(?:\[[^\]]*\]|[^:]*)/, NOWHERE))
    .join(',');
}

/** Whether all hosts in a text lead nowhere: below `.invalid`, or in a network for documentation (RFC 5737 §3). */
function leadsNowhere(text: string): boolean {
  const hosts = text.replace(/^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?/i, '').replace(/[/?#].*$/s, '');
  return hosts.split(',').every((each) => /^\s*(?:[\w.-]+\.invalid|192\.0\.2\.\d{1,3})\.?(?::\d+)?\s*$/i.test(each));
}
