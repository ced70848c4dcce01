import { withHeader } from '../../reference/altering.ts';
import type { Answer } from '../../reference/message-bytes.ts';
import { atErrors, FEW, type Hostile } from './hostile.ts';
import { bytes, closing, endless, headOf, pour, withLines } from './writing.ts';

/** An answer that is no HTTP message. */
const MALFORMED = { fault: 'theirs', failure: 'malformed', checks: ['well-formed-message'] } as const;

/** An answer with another status line. */
function startingWith(line: string): ReturnType<typeof atErrors> {
  return atErrors((answer) =>
    bytes(
      closing(answer)
        .toString('latin1')
        .replace(/^.*(?=\r\n)/, () => line),
    ),
  );
}

function withRaw(lines: string): ReturnType<typeof atErrors> {
  return atErrors((answer) => bytes(withLines(answer, lines)));
}

const repeat = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

const interim = (status: string) => `HTTP/1.1 ${status}\r\nLink: </style.css>; rel=preload\r\n\r\n`;

const behind = (first: string) => (answer: Answer) => bytes(Buffer.concat([Buffer.from(first), closing(answer)]));

/** Servers whose status lines and header fields are wrong, too many or too long. */
export const HEADS: Hostile[] = [
  {
    id: 'headers-10000',
    does: 'sends 10,000 header fields in 60 kB',
    fault: 'nobody',
    ...withRaw(repeat(10_000, () => 'A:b\r\n')),
  },
  {
    id: 'headers-10000-long',
    does: 'sends 10,000 header fields in 400 kB',
    ...MALFORMED,
    ...withRaw(repeat(10_000, (index) => `X-Header-${index}: ${'v'.repeat(20)}\r\n`)),
  },
  {
    id: 'header-10-mb',
    does: 'sends one header field of 10 MB',
    ...MALFORMED,
    ...withRaw(`X-Long: ${'v'.repeat(10_000_000)}\r\n`),
  },
  {
    id: 'headers-endless',
    does: 'sends header fields without end',
    ...MALFORMED,
    ...atErrors((answer) => endless(headOf(answer).slice(0, -2), 'X-More: and more\r\n'.repeat(100))),
  },
  {
    id: 'header-endless-line',
    does: 'sends one header field without end',
    ...MALFORMED,
    ...atErrors((answer) => endless(`${headOf(answer).slice(0, -2)}X-More: `, 'more'.repeat(4000))),
  },
  {
    id: 'status-line-endless',
    does: 'sends a reason phrase without end',
    ...MALFORMED,
    ...atErrors(() => endless('HTTP/1.1 404 Not', ' Found'.repeat(4000))),
  },
  { id: 'status-line-garbage', does: 'greets in another protocol', ...MALFORMED, ...startingWith('220 mail ready') },
  {
    id: 'status-line-binary',
    does: 'writes random bytes',
    ...MALFORMED,
    ...atErrors(() => bytes(Buffer.from('00ff1b5b324a8001fe7f0a0d', 'hex'))),
  },
  {
    id: 'status-line-missing',
    does: 'writes the body alone',
    ...MALFORMED,
    ...atErrors((answer) => bytes(String(answer.body))),
  },
  {
    id: 'version-9',
    does: 'answers in HTTP/9.9',
    ...MALFORMED,
    ...startingWith('HTTP/9.9 404 Not Found'),
  },
  { id: 'status-99', does: 'answers 99', ...MALFORMED, ...startingWith('HTTP/1.1 99 Odd') },
  { id: 'status-1000', does: 'answers 1000', ...MALFORMED, ...startingWith('HTTP/1.1 1000 Odd') },
  { id: 'status-negative', does: 'answers -1', ...MALFORMED, ...startingWith('HTTP/1.1 -1 Odd') },
  { id: 'status-600', does: 'answers 600', fault: 'theirs', ...startingWith('HTTP/1.1 600 Odd') },
  { id: 'status-999', does: 'answers 999', fault: 'theirs', ...startingWith('HTTP/1.1 999 Odd') },
  {
    id: 'interim-100-flood',
    does: 'sends 100 Continue without end',
    ...MALFORMED,
    ...atErrors(() => endless('', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100))),
  },
  {
    id: 'interim-103-flood',
    does: 'sends 103 Early Hints without end',
    ...MALFORMED,
    ...atErrors(() => endless('', interim('103 Early Hints').repeat(100))),
  },
  {
    id: 'interim-1000',
    does: 'sends a thousand 103 before the answer',
    fault: 'nobody',
    ...atErrors(behind(interim('103 Early Hints').repeat(1000))),
  },
  {
    id: 'interim-then-nothing',
    does: 'sends 100 Continue and nothing more',
    fault: 'theirs',
    failure: 'timeout',
    timeoutMs: 1000,
    ...atErrors(() => bytes('HTTP/1.1 100 Continue\r\n\r\n', 'stay'), FEW),
  },
  {
    id: 'switches-protocols',
    does: 'answers 101 and goes on in another protocol',
    fault: 'theirs',
    ...atErrors(() => ({
      takeOver: (socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n');
        pour(socket, 'frames'.repeat(1000));
      },
    })),
  },
  {
    id: 'http2-preface',
    does: 'answers with the preface of HTTP/2',
    ...MALFORMED,
    ...atErrors(() => bytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')),
  },
  {
    id: 'http2-frames',
    does: 'answers with frames of HTTP/2',
    ...MALFORMED,
    // SETTINGS, then GOAWAY.
    ...atErrors(() =>
      bytes(Buffer.from('000000040000000000000008070000000000000000000000 01'.replace(' ', ''), 'hex')),
    ),
  },
  {
    id: 'cookie-storm',
    does: 'sets a thousand cookies',
    fault: 'theirs',
    checks: ['no-cookie-on-401'],
    ...withRaw(repeat(1000, (index) => `Set-Cookie: c${index}=${'v'.repeat(20)}; Path=/\r\n`)),
  },
  {
    id: 'cookie-storm-endless',
    does: 'sets cookies without end',
    ...MALFORMED,
    ...atErrors((answer) =>
      endless(headOf(answer).slice(0, -2), `Set-Cookie: session=${'v'.repeat(200)}\r\n`.repeat(50)),
    ),
  },
  {
    id: 'header-bare-cr',
    does: 'puts a header into a header behind a bare carriage return',
    ...MALFORMED,
    ...withRaw('X-Echo: a\rX-Injected: 1\r\n'),
  },
  {
    id: 'header-bare-lf',
    does: 'puts a header into a header behind a bare line feed',
    ...MALFORMED,
    ...withRaw('X-Echo: a\nX-Injected: 1\r\n'),
  },
  { id: 'header-nul', does: 'puts NUL bytes into a header', ...MALFORMED, ...withRaw('X-Nul: a\0b\r\n') },
  {
    id: 'header-no-colon',
    does: 'sends a header line without a colon',
    ...MALFORMED,
    ...withRaw('Just some words\r\n'),
  },
  {
    id: 'header-injected-answer',
    does: 'splits its answer in two by a header value',
    fault: 'theirs',
    ...withRaw('X-Echo: a\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nX-Injected: 1\r\n'),
  },
  {
    id: 'header-encoded-injection',
    does: 'sends an encoded line end in a header',
    fault: 'nobody',
    ...withRaw('X-Echo: a%0d%0aX-Injected:%201\r\n'),
  },
  {
    id: 'redirect-loop',
    does: 'redirects to where it was asked',
    fault: 'theirs',
    ...atErrors((answer, { path }) => withHeader({ ...answer, status: 302 }, 'location', `/api${path}?strayed=1`)),
  },
  {
    id: 'redirect-elsewhere',
    does: 'redirects to another host',
    fault: 'theirs',
    ...atErrors((answer) => ({
      takeOver: (socket) => {
        const location = `http://localhost:${socket.localPort}/api/strayed`;
        socket.end(closing(withHeader({ ...answer, status: 307 }, 'location', location)));
      },
    })),
  },
  {
    id: 'retry-after-for-ever',
    does: 'answers 429 and asks for a wait of thirty years',
    fault: 'nobody',
    reason: 'limited: answered 429',
    ...atErrors((answer) => withHeader({ ...answer, status: 429 }, 'retry-after', '999999999'), FEW),
  },
];
