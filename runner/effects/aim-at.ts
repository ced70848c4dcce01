import { valueAt, withValueAt } from '../../model/json-pointer.ts';
import { listPlaces } from '../../plan/body-places.ts';
import type { Case } from '../../plan/case.ts';
import { renameParams } from '../../plan/places.ts';
import type { Resource, WorldObject } from '../../plan/resources.ts';
import type { Operation } from '../../schemas/contract.ts';
import { pathParams } from '../../schemas/path-params.ts';
import { sentBy } from './effect.ts';

/** The request of a case on another object than the one that it was made for, whose own values it has; undefined where it aims elsewhere. */
export function aimAt(
  { request }: Pick<Case, 'request'>,
  operation: Operation,
  { path }: Pick<Resource, 'path'>,
  from: WorldObject,
  to: WorldObject,
): Case['request'] | undefined {
  const [target = '', query] = request.target.split('?', 2);
  const [segments, parts] = [target.split('/'), operation.path.split('/')];
  if (segments.length !== parts.length) return undefined;
  const [old, fresh] = [from, to].map(({ params }) => renameParams(path, params, operation.path));
  for (const name of pathParams(operation.path)) {
    const at = parts.indexOf(`{${name}}`);
    if (old?.[name] === undefined || fresh?.[name] === undefined) continue;
    if (segments[at] !== encodeURIComponent(old[name])) return undefined;
    segments[at] = encodeURIComponent(fresh[name]);
  }
  const aimed = { ...request, target: [segments.join('/'), ...(query === undefined ? [] : [query])].join('?') };
  const sent = sentBy({ request });
  if (sent === undefined) return aimed;
  const body = listPlaces(operation.body?.schema ?? {}, sent).reduce((made, { pointer, schema, value }) => {
    const isOwn = schema['x-unique'] === true || schema['x-own'] === true;
    const own = valueAt(to.body, pointer);
    const isOld = isOwn && JSON.stringify(valueAt(from.body, pointer)) === JSON.stringify(value);
    return isOld && own !== undefined ? withValueAt(made, pointer, own) : made;
  }, sent);
  return { ...aimed, body: { text: JSON.stringify(body) } };
}
