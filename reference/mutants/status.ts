import { errorsAt, flawless, type Where } from '../altering.ts';
import type { Seeded } from './mutant.ts';

/** Answers the errors of a place with a flawless error of another status. */
function swapped(where: Where & { status: number }, to: number, ...trips: Seeded['trips']): Seeded {
  const place =
    where.operation === undefined
      ? ''
      : `-on-${where.operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return {
    id: `status-${where.status}-as-${to}${place}`,
    breaks: `${to} in place of ${where.status}${where.operation === undefined ? '' : ` on ${where.operation}`}`,
    trips,
    ...errorsAt(where, () => flawless(to)),
    ...(where.status === 429 && { load: true as const }),
  };
}

/** Keeps the body of an error and answers with 200. */
function successful(status: number): Seeded {
  return {
    id: `status-${status}-body-with-200`,
    breaks: `the body of ${status} with the status 200`,
    trips: [`meaning-${status}`],
    ...errorsAt({ status }, (answer) => ({ ...answer, status: 200 })),
  };
}

/** A status that is not published, in place of a published one. */
function undocumented(where: Where & { status: number }, to: number): Seeded {
  return swapped(where, to, 'error-status-documented', `meaning-${where.status}`);
}

/** Defects of the status. */
export const STATUS: Seeded[] = [
  swapped({ status: 400 }, 404, 'meaning-400'),
  swapped({ status: 400 }, 422, 'meaning-400'),
  swapped({ status: 400 }, 500, 'meaning-400'),
  swapped({ status: 401 }, 400, 'meaning-401'),
  swapped({ status: 401 }, 403, 'meaning-401'),
  swapped({ status: 401 }, 404, 'meaning-401'),
  swapped({ status: 403 }, 401, 'meaning-403'),
  swapped({ status: 403 }, 404, 'meaning-403'),
  swapped({ status: 404 }, 400, 'meaning-404'),
  swapped({ status: 404 }, 403, 'meaning-404'),
  swapped({ status: 404 }, 422, 'meaning-404'),
  swapped({ status: 404 }, 500, 'meaning-404'),
  swapped({ status: 422 }, 400, 'meaning-422'),
  swapped({ status: 422 }, 404, 'meaning-422'),
  swapped({ status: 422 }, 500, 'meaning-422'),
  swapped({ status: 429 }, 403, 'meaning-429'),
  swapped({ status: 500 }, 200, 'meaning-500'),
  swapped({ status: 500 }, 400, 'meaning-500'),
  swapped({ status: 500 }, 504, 'meaning-500'),
  swapped({ status: 501 }, 404, 'meaning-501'),
  swapped({ status: 501 }, 500, 'meaning-501'),
  swapped({ status: 504 }, 404, 'meaning-504'),
  swapped({ status: 504 }, 500, 'meaning-504'),
  swapped({ status: 401, operation: 'listSinks' }, 403, 'meaning-401'),
  swapped({ status: 404, operation: 'getBackfill' }, 403, 'meaning-404'),
  swapped({ status: 422, operation: 'createPostgresDatabase' }, 400, 'meaning-422'),
  swapped({ status: 403, operation: 'deleteHttpEndpoint' }, 404, 'meaning-403'),
  swapped({ status: 500, operation: 'createSink' }, 400, 'meaning-500'),
  ...[403, 404, 422, 501, 504].map(successful),
  undocumented({ status: 401 }, 402),
  undocumented({ status: 403 }, 418),
  undocumented({ status: 404 }, 410),
  undocumented({ status: 422 }, 409),
  undocumented({ status: 400 }, 413),
  undocumented({ status: 400, operation: 'createHttpEndpoint' }, 415),
  undocumented({ status: 404, operation: 'getHttpEndpoint' }, 406),
  undocumented({ status: 404, operation: 'unmatched-route' }, 405),
  undocumented({ status: 501 }, 503),
  undocumented({ status: 504 }, 502),
  swapped({ status: 429 }, 503, 'error-status-documented', 'meaning-429'),
  {
    id: 'status-405-without-allow',
    breaks: '405 without Allow on paths and methods that no route has',
    trips: ['allow-on-405', 'error-status-documented', 'meaning-404'],
    ...errorsAt({ status: 404, operation: 'unmatched-route' }, () => ({
      ...flawless(405),
      headers: [['content-type', 'application/json']],
    })),
  },
];
