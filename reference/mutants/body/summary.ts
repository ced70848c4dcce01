import { bodyOf, errorsAt, withBody } from '../../altering.ts';
import type { Seeded } from '../mutant.ts';

/** Gives the errors of one status a body with this in place of the summary. */
function summary(status: number, id: string, breaks: string, value: unknown): Seeded {
  return {
    id: `body-summary-${id}`,
    breaks: `${breaks} (${status})`,
    trips: [`fields-${status}`],
    ...errorsAt({ status }, (answer) => withBody(answer, { ...bodyOf(answer), summary: value })),
    ...(status === 429 && { load: true as const }),
  };
}

/** Defects of `summary`. */
export const SUMMARY: Seeded[] = [
  summary(404, 'missing', 'no summary', undefined),
  summary(401, 'null', 'a summary that is null', null),
  summary(400, 'number', 'a number for a summary', 400),
  summary(501, 'boolean', 'a boolean for a summary', false),
  summary(500, 'empty', 'an empty summary', ''),
  summary(403, 'blank', 'a summary of blanks', ' \t\n'),
  summary(504, 'array', 'a list for a summary', ['The upstream did not answer.']),
  summary(429, 'object', 'an object for a summary', { text: 'Too many requests.' }),
  summary(422, 'missing-beside-errors', 'validation errors without a summary', undefined),
  {
    id: 'body-summary-capitalised',
    breaks: 'Summary in place of summary',
    trips: ['fields-404', 'undocumented-field'],
    ...errorsAt({ status: 404 }, (answer) => withBody(answer, { Summary: bodyOf(answer).summary })),
  },
  {
    id: 'body-message-for-summary',
    breaks: 'message in place of summary',
    trips: ['fields-403', 'undocumented-field'],
    ...errorsAt({ status: 403 }, (answer) => withBody(answer, { message: bodyOf(answer).summary })),
  },
];
