import { ApiError } from '../../errors.ts';
import { findItem, type Kind } from '../../store.ts';
import type { Seeded } from '../mutant.ts';
import { isFor, lastPart, mainStore } from './rewire.ts';

/** Refuses those who are not authenticated in another way where the object does not exist. */
function tellsApart(
  operation: string,
  kind: Kind,
  id: string,
  breaks: string,
  refuse: () => ApiError,
  ...also: string[]
): Seeded {
  return {
    id: `meaning-existence-${id}`,
    breaks,
    where: { operation, status: 401 },
    trips: ['existence-hidden', ...also],
    parts: (parts) => ({
      authenticate: (request) => {
        const isAnonymous = request.headers.authorization === undefined;
        const isUnknown = () => findItem(mainStore(parts), kind, lastPart(request)) === undefined;
        if (isAnonymous && isFor(operation, request) && isUnknown()) throw refuse();
        return parts.authenticate(request);
      },
    }),
  };
}

const headers = { 'www-authenticate': 'Bearer realm="reference"' };

/** Defects by which somebody without a token learns what exists. */
export const EXISTENCE: Seeded[] = [
  tellsApart(
    'getHttpEndpoint',
    'http_endpoints',
    'by-status',
    'without a token an unknown object is 404 and a known one 401',
    () => new ApiError(404),
    'meaning-401',
  ),
  tellsApart(
    'getPostgresDatabase',
    'postgres_databases',
    'by-summary',
    'without a token an unknown object has another summary than a known one',
    () => new ApiError(401, 'A valid API token is required, and there is nothing here.', { headers }),
  ),
];
