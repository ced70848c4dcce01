import { inErrors } from './rewriting.ts';
import type { Variant } from './variant.ts';

/** A variant whose summaries are made from the usual ones. */
function worded(id: string, differs: string, word: (summary: string, status: number) => string): Variant {
  return {
    id: `summary-${id}`,
    differs,
    answer: inErrors((body, status) => ({ ...body, summary: word(body.summary, status) })),
  };
}

/** Wording that has the words of a leak in it and gives nothing away. */
const INNOCENT: Record<number, string> = {
  400: 'Unexpected token at line 1: select one of the documented fields from the list, then update and set it again.',
  401: 'Bearer authentication is required: send a token; the password is required elsewhere only.',
  403: 'An administrator hid this at 12:30:45 (UTC); delete from the list is not allowed, insert into it neither.',
  404: 'Nothing here at /sinks/example or /home, at least not in version 10.0.0.1; see errors.internal for the code.',
  422: 'Validation failed at the following fields: password: must have at least 8 characters, token=[FILTERED].',
  429: 'Too many requests at the moment; the limit is 500 per 10:00 minutes.',
  500: 'An internal error occurred at our side (error: exception). Trace the request by its id.',
  501: 'Not implemented in lib or src at present; var and etc. are supported, and/or will be.',
  504: 'The host did not answer at port 5432, e.g. db.example.com or 10.0.0.0/8; select it from the table below.',
};

/** Other words for the same errors. */
export const WORDING: Variant[] = [
  worded('other', 'other wording of every summary', (_, status) => `Nope (${['a', 'b', 'c'][status % 3]}).`),
  worded('one-letter', 'a summary of one letter', () => 'E'),
  worded(
    'unicode',
    'summaries in several scripts',
    (text) => `Erreur\u00a0: ${text} エラー שגיאה e\u0301 \u2028\u200b`,
  ),
  worded('emoji', 'summaries with emoji', (text) => `🐈‍⬛ ${text} 🚦👩🏽‍💻`),
  worded('controls', 'summaries with line ends, tabs and quotes', (text) => `\t${text}\r\n"quoted" \\ \u0000\u007f\n`),
  worded('long', 'summaries of 64 KB', (text) => `${text} `.repeat(Math.ceil(65_536 / (text.length + 1)))),
  worded('json', 'summaries that are JSON themselves', (text) => JSON.stringify({ error: { text } })),
  worded('markup', 'summaries with angle brackets', (text) => `<b>${text}</b> if a < b && c > d`),
  worded('innocent', 'summaries with the words of a leak', (text, status) => INNOCENT[status] ?? text),
  {
    id: 'summary-request-id',
    differs: 'summaries with an id and the time of the request',
    answer: inErrors((body) => ({
      ...body,
      summary: `${body.summary} Request ${crypto.randomUUID()} at ${new Date().toISOString()}.`,
    })),
  },
  worded(
    'help',
    'summaries that say where help is',
    (text, status) =>
      `${text} See https://docs.example.com/api/v1/errors#${status} or write to support@example.com (+1 555 0100).`,
  ),
  {
    id: 'summary-host',
    differs: 'summaries that name the host that was asked',
    answer: (answer, asked) =>
      inErrors((body) => ({ ...body, summary: `${body.summary} (http://${asked.headers.host ?? 'api'}/)` }))(
        answer,
        asked,
      ),
  },
  {
    id: 'summary-names-target',
    differs: 'summaries that name what was asked for',
    answer: (answer, asked) =>
      inErrors((body) => ({ ...body, summary: `${asked.method} ${asked.path}: ${body.summary}` }))(answer, asked),
  },
];
