import { errorsAt } from '../../altering.ts';
import { ApiError } from '../../errors.ts';
import type { Call, Handler } from '../../operations/call.ts';
import { findItem, type Kind } from '../../store.ts';
import type { Seeded } from '../mutant.ts';
import { handling } from './rewire.ts';

/** A defect of 403 at one operation. */
function exposed(operation: string, id: string, breaks: string, handle: (call: Call, own: Handler) => unknown): Seeded {
  const where = { operation, status: 403 };
  return { id: `meaning-403-${id}`, breaks, where, trips: ['meaning-403'], parts: handling(operation, handle) };
}

/** Asks nobody who they are. */
const forAdministrators = (call: Call, own: Handler) => own({ ...call, caller: 'administrator' });

/** Says of an object that is hidden from the caller that there is none. */
function denying(kind: Kind, parameter: string): (call: Call, own: Handler) => unknown {
  return (call, own) => {
    const isHidden = findItem(call.store, kind, call.params[parameter] ?? '')?.hidden === true;
    if (isHidden && call.caller === 'ordinary') throw new ApiError(404);
    return own(call);
  };
}

/** Defects of what is hidden for administrators only. */
export const HIDDEN: Seeded[] = [
  exposed('getHttpEndpoint', 'shown', 'a hidden object is shown to everybody', forAdministrators),
  exposed('listBackfills', 'children-shown', 'what is below a hidden object is shown to everybody', forAdministrators),
  exposed('updateBackfill', 'changed', 'what is below a hidden object may be changed by everybody', forAdministrators),
  exposed(
    'getHttpEndpoint',
    'denied',
    'a hidden object is said not to exist',
    denying('http_endpoints', 'endpoint_id_or_name'),
  ),
  exposed(
    'deleteHttpEndpoint',
    'denied-to-delete',
    'a hidden object that is shown as such is said not to exist when it is to be deleted',
    denying('http_endpoints', 'endpoint_id_or_name'),
  ),
  // The hidden database is in use, so that it is refused for another reason.
  exposed(
    'deletePostgresDatabase',
    'asked-last',
    'who may delete is asked after what may be deleted',
    forAdministrators,
  ),
  {
    id: 'meaning-403-head',
    breaks: 'HEAD is answered before anybody looks who may see the object',
    trips: ['meaning-403'],
    ...errorsAt(
      { operation: 'getHttpEndpoint', status: 403 },
      ({ headers }) => ({ status: 200, headers, body: '' }),
      ({ method }) => method === 'HEAD',
    ),
  },
];
