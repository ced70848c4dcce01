import type { Client } from '../exchange/client.ts';
import { parseExactly } from '../judge/response-body.ts';
import { appendPointer, pointerTokens, valueAt } from '../model/json-pointer.ts';
import { listPlaces } from '../plan/body-places.ts';
import type { Resource, WorldObject } from '../plan/resources.ts';
import { buildRequest } from '../provocations/request.ts';
import type { Json, Operation } from '../schemas/contract.ts';
import { propertyNames, propertyOf } from '../schemas/schema-parts.ts';
import type { Patience } from './patience.ts';
import { bearsMark } from './run-id.ts';
import { sendPatiently } from './send-patiently.ts';

/** Pointers to the fields of a create body that have to be unique, which a run fills with names of its own. */
export function nameFields({ body }: Operation): string[] {
  if (!body) return [];
  const isUnique = (schema: Record<string, unknown>) => schema['x-unique'] === true;
  const whole = propertyNames(body.schema).filter((name) => propertyOf(body.schema, name).some(isUnique));
  const deep = Object.values(body.examples).flatMap((example) =>
    listPlaces(body.schema, example).filter(({ schema }) => isUnique(schema)),
  );
  return [...new Set([...whole.map((name) => appendPointer('', name)), ...deep.map(({ pointer }) => pointer)])];
}

/** A name where an object has it; what wraps the object when it is made may not be there when it is listed. */
export function nameAt(item: Json, pointer: string): string | undefined {
  const tokens = pointerTokens(pointer);
  return tokens
    .map((_, index) => valueAt(item, tokens.slice(index).reduce<string>(appendPointer, '')))
    .find((value): value is string => typeof value === 'string');
}

/**
 * Why objects of a kind that were made with this body are not known again by their names, such as `made`: what came back has not the
 * mark of the run that was sent. Undefined where it has, where none was sent, and where nothing shows the name.
 */
export async function whyUnknown(
  session: { client: Client; patience: Patience },
  { create, read, name: kind }: Resource,
  run: string,
  body: Json,
  made: WorldObject,
): Promise<string | undefined> {
  const sent = nameFields(create).flatMap((field) => {
    const name = valueAt(body, field);
    return typeof name === 'string' && bearsMark(name, run) ? [{ field, name }] : [];
  });
  if (sent.length === 0) return undefined;
  const shownIn = (seen: Json) => sent.flatMap((each) => ({ ...each, shown: nameAt(seen, each.field) }));
  const isShown = ({ shown }: { shown: string | undefined }) => shown !== undefined;
  let names = shownIn(made.body).filter(isShown);
  if (names.length === 0 && read) {
    const request = buildRequest(read, { params: made.params });
    const { response } = (await sendPatiently(session, { request, danger: 'read' })).exchange;
    const seen = response?.status === 200 ? parseExactly(response) : undefined;
    if (seen?.kind === 'json') names = shownIn(seen.value).filter(isShown);
  }
  const [first] = names;
  if (!first || names.some(({ shown = '' }) => bearsMark(shown, run))) return undefined;
  const [given, shown] = [first.name, (first.shown ?? '').slice(0, 200)];
  return `this run named the first of its ${kind} "${given}" and got "${shown}" back, by which nobody could find what is left of them, so that it makes no more`;
}
