import { flood, type Hostile, respond } from '../hostile.ts';

const body =
  (make: (original: { status: number; body: string }) => string | Buffer): Hostile['answer'] =>
  (socket, original) =>
    socket.end(respond(original, make(original)));

/** A body with the fields of its status, all texts of which are `text` as it stands in JSON. */
const texts = (text: string): Hostile['answer'] =>
  body(({ status }) =>
    status === 422 ? `{"summary":"${text}","validation_errors":{"${text}":["${text}"]}}` : `{"summary":"${text}"}`,
  );

const LINE = 'x'.repeat(1_000_000);

/** What goes wrong, or looks wrong, in the body. */
export const BODY: Hostile[] = [
  {
    id: 'nested-objects',
    does: 'nests objects 100,000 deep',
    blame: 'theirs',
    answer: body(() => `${'{"summary":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  },
  {
    id: 'nested-arrays',
    does: 'nests arrays 100,000 deep',
    blame: 'theirs',
    answer: body(() => `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  },
  {
    id: 'fifty-megabytes',
    does: 'sends 50 MB of JSON',
    blame: 'theirs',
    answer: (socket, original) => {
      socket.write(respond(original, '{"summary":"', ['Content-Length: 50000014']));
      flood(socket, 'x'.repeat(50_000), 1000);
    },
  },
  {
    id: 'million-digits',
    does: 'sends a number with a million digits',
    blame: 'theirs',
    answer: body(() => `{"summary":${'9'.repeat(1_000_000)}}`),
  },
  {
    id: 'proto-keys',
    does: 'has __proto__ and constructor for fields',
    blame: 'harmless',
    checks: ['undocumented-field'],
    answer: body(({ body: text }) =>
      text.replace('{', '{"__proto__":{"summary":"polluted"},"constructor":{"prototype":{"polluted":true}},'),
    ),
  },
  {
    id: 'proto-only',
    does: 'has its summary in __proto__ only',
    blame: 'theirs',
    answer: body(() => '{"__proto__":{"summary":"polluted","validation_errors":{"a":["b"]}}}'),
  },
  {
    id: 'many-names',
    does: 'has a hundred thousand fields',
    blame: 'harmless',
    checks: ['undocumented-field'],
    answer: body(({ body: text }) =>
      text.replace('{', `{${Array.from({ length: 60_000 }, (_, index) => `"f${index}":1`).join()},`),
    ),
  },
  {
    id: 'lone-surrogates',
    does: 'has halves of surrogate pairs in its texts',
    blame: 'harmless',
    answer: texts('\\ud800 and \\udc00'),
  },
  { id: 'nul-escaped', does: 'has NUL characters in its texts', blame: 'harmless', answer: texts('a\\u0000b') },
  { id: 'nul-raw', does: 'has raw NUL bytes in its texts', blame: 'theirs', answer: texts('a\0b') },
  {
    id: 'invalid-utf8',
    does: 'has bytes that are no UTF-8',
    blame: 'theirs',
    answer: body(() => Buffer.from('{"summary":"\xff\xfe\xc3"}', 'latin1')),
  },
  {
    id: 'megabyte-line',
    does: 'has a line of nearly a megabyte for a summary',
    blame: 'harmless',
    answer: body(({ status }) =>
      status === 422 ? `{"summary":"${LINE}","validation_errors":{"base":["no"]}}` : `{"summary":"${LINE}"}`,
    ),
  },
  {
    id: 'ansi',
    does: 'has terminal sequences in every text',
    blame: 'harmless',
    answer: texts('\\u001b[31m\\u001b]0;owned\\u0007\\u001b[2J\\u009b2J\\u202eevil'),
  },
  {
    id: 'html',
    does: 'has markup and script in every text',
    blame: 'harmless',
    answer: texts(
      "<script>window.owned=1</script><img src=x onerror=window.owned=1><svg/onload=owned()>'--></style></script>",
    ),
  },
  {
    id: 'html-page',
    does: 'answers with a page that runs a script',
    blame: 'theirs',
    answer: (socket, original) =>
      socket.end(respond(original, '<html><script>window.owned=1</script></html>', ['Content-Type: text/html'])),
  },
  {
    id: 'script-in-head',
    does: 'has script and terminal sequences in reason and header fields',
    blame: 'harmless',
    answer: (socket, original) =>
      socket.end(
        respond(
          original,
          original.body,
          ['X-<b>: y', 'X-Evil: <script>window.owned=1</script> "\'`'].slice(1),
          `${original.status} <script>window.owned=1</script>`,
        ),
      ),
  },
];
