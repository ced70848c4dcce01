import type { Asked } from '../../alteration.ts';
import { bodyOf, errorsAt, withBody } from '../../altering.ts';
import type { Seeded } from '../mutant.ts';

const FRAMEWORK = { errors: { detail: 'Not Found' } };

/** Gives the errors of a status another shape, made of the summary. */
function shaped(
  status: number,
  id: string,
  breaks: string,
  trips: Seeded['trips'],
  make: (summary: string) => unknown,
  applies?: (asked: Asked) => boolean,
): Seeded {
  return {
    id: `body-${id}`,
    breaks: `${breaks} (${status})`,
    trips,
    ...errorsAt({ status }, (answer) => withBody(answer, make(bodyOf(answer).summary)), applies),
  };
}

/** Defects of the shape as a whole: JSON, and not the published object. */
export const SHAPE: Seeded[] = [
  shaped(404, 'null', 'the body null', ['fields-404'], () => 'null'),
  shaped(401, 'array', 'a list around the body', ['fields-401'], (summary) => [{ summary }]),
  shaped(500, 'number', 'a bare number', ['fields-500'], () => '500'),
  shaped(501, 'string', 'a bare JSON string', ['fields-501'], (summary) => JSON.stringify(summary)),
  shaped(504, 'encoded-twice', 'a JSON string that holds the JSON', ['fields-504'], (summary) =>
    JSON.stringify(JSON.stringify({ summary })),
  ),
  shaped(400, 'empty-object', 'an empty object', ['fields-400'], () => ({})),
  shaped(403, 'wrapped', 'the body wrapped in error', ['fields-403', 'undocumented-field'], (summary) => ({
    error: { summary },
  })),
  shaped(404, 'framework', "the framework's own body", ['fields-404', 'undocumented-field'], () => FRAMEWORK),
  {
    id: 'body-framework-on-routes',
    breaks: "the framework's own body where no route is",
    trips: ['fields-404', 'undocumented-field'],
    ...errorsAt({ status: 404, operation: 'unmatched-route' }, (answer) => withBody(answer, FRAMEWORK)),
  },
  {
    id: 'body-framework-on-crashes',
    breaks: "the framework's own body when it crashes",
    trips: ['fields-500', 'undocumented-field'],
    ...errorsAt({ status: 500 }, (answer) => withBody(answer, { errors: { detail: 'Internal Server Error' } })),
  },
  shaped(
    400,
    'success-false',
    'success and reason in place of summary',
    ['fields-400', 'undocumented-field'],
    (reason) => ({
      success: false,
      reason,
    }),
  ),
  shaped(500, 'problem', 'problem details of RFC 9457', ['fields-500', 'undocumented-field'], (title) => ({
    type: 'about:blank',
    title,
    status: 500,
  })),
  ...[401, 404, 504].map((status) =>
    shaped(status, `extra-field-${status}`, 'a field that is not documented', ['undocumented-field'], (summary) => ({
      summary,
      code: `E${status}`,
    })),
  ),
  shaped(404, 'extra-validation-errors', 'validation_errors beside a summary', ['undocumented-field'], (summary) => ({
    summary,
    validation_errors: {},
  })),
];
