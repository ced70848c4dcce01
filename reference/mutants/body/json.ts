import { bodyOf, errorsAt, withBody, withHeader } from '../../altering.ts';
import type { Answer } from '../../message-bytes.ts';
import type { Seeded } from '../mutant.ts';

/** Writes the body of one status in another way. */
function written(
  status: number,
  id: string,
  breaks: string,
  trips: Seeded['trips'],
  write: (summary: string, answer: Answer) => string | Buffer,
): Seeded {
  return {
    id: `body-${id}`,
    breaks: `${breaks} (${status})`,
    trips,
    ...errorsAt({ status }, (answer) => withBody(answer, write(bodyOf(answer).summary, answer))),
  };
}

/** The bytes of a body in UTF-16, with its mark. */
function toUtf16({ body }: Answer): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(String(body), 'utf16le')]);
}

/** Defects of the text: no JSON, or JSON that is not written as the standard has it. */
export const JSON_TEXT: Seeded[] = [
  written(401, 'empty', 'no body at all', ['error-body-json'], () => ''),
  written(504, 'plain-text', 'plain text labelled as JSON', ['error-body-json'], (summary) => summary),
  written(
    404,
    'truncated',
    'JSON that ends too early',
    ['error-body-json'],
    (summary) => `{"summary": "${summary.slice(0, 4)}`,
  ),
  written(500, 'two-values', 'one JSON value after another', ['error-body-json'], (summary) => {
    const text = JSON.stringify({ summary });
    return `${text}\n${text}`;
  }),
  written(403, 'trailing-comma', 'a comma too many', ['error-body-json'], (summary) => `{"summary": "${summary}",}`),
  written(501, 'single-quotes', 'single quotes', ['error-body-json'], (summary) => `{'summary': '${summary}'}`),
  written(
    400,
    'not-a-number',
    'NaN beside the summary',
    ['error-body-json'],
    (summary) => `{"summary": "${summary}", "at": NaN}`,
  ),
  written(401, 'byte-order-mark', 'a byte order mark', ['json-no-bom'], (_, { body }) => `\uFEFF${body}`),
  written(404, 'latin-1', 'Latin-1 in place of UTF-8', ['json-utf8'], () =>
    Buffer.from('{"summary": "Pas trouv\xe9."}', 'latin1'),
  ),
  written(500, 'broken-utf-8', 'half a character', ['json-utf8'], () =>
    Buffer.concat([Buffer.from('{"summary": "Broken: '), Buffer.from([0xe2, 0x82]), Buffer.from('"}')]),
  ),
  written(422, 'utf-16', 'UTF-16', ['json-utf8', 'error-body-json'], (_, answer) => toUtf16(answer)),
  written(
    404,
    'name-twice',
    'summary twice',
    ['json-unique-names'],
    (summary) => `{"summary": "One.", "summary": "${summary}"}`,
  ),
  written(422, 'field-twice', 'the same field twice', ['json-unique-names'], (_, { body }) =>
    String(body).replace(/("validation_errors":\{)("[^"]*":\[[^\]]*\])/, '$1$2,$2'),
  ),
  {
    id: 'body-html',
    breaks: 'a page of HTML (404)',
    trips: ['no-html', 'error-body-json'],
    ...errorsAt({ status: 404 }, (answer) =>
      withHeader(withBody(answer, '<!doctype html><title>404</title><h1>Not Found</h1>'), 'content-type', 'text/html'),
    ),
  },
  {
    id: 'body-html-labelled-json',
    breaks: 'a page of HTML labelled as JSON (504)',
    trips: ['no-html', 'error-body-json'],
    ...errorsAt({ status: 504 }, (answer) => withBody(answer, '<html><body>Gateway Timeout</body></html>')),
  },
];
