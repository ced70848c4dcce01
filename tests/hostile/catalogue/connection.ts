import { drip, flood, type Hostile, respond } from '../hostile.ts';

/** What goes wrong with the connection itself. */
export const CONNECTION: Hostile[] = [
  {
    id: 'refuses',
    does: 'takes no more connections after the first error',
    blame: 'network',
    answer: (socket, _original, stop) => {
      stop();
      socket.destroy();
    },
  },
  {
    id: 'answers-early',
    does: 'answers before the request was read, and closes',
    blame: 'theirs',
    early: true,
    answer: (socket, original) => socket.end(respond(original, original.body)),
  },
  {
    id: 'resets-before',
    does: 'resets the connection in place of an answer',
    blame: 'theirs',
    checks: ['meaning-404'],
    answer: (socket) => socket.resetAndDestroy(),
  },
  {
    id: 'closes-before',
    does: 'closes the connection in place of an answer',
    blame: 'theirs',
    checks: ['meaning-404'],
    answer: (socket) => socket.end(),
  },
  {
    id: 'resets-in-head',
    does: 'resets in the middle of the header block',
    blame: 'theirs',
    answer: (socket) => socket.write('HTTP/1.1 404 Not Fo', () => socket.resetAndDestroy()),
  },
  {
    id: 'resets-in-body',
    does: 'resets in the middle of the body',
    blame: 'theirs',
    answer: (socket, original) =>
      socket.write(respond(original, '{"summary":', ['Content-Length: 500']), () => socket.resetAndDestroy()),
  },
  {
    id: 'resets-after',
    does: 'resets behind a complete answer',
    blame: 'harmless',
    answer: (socket, original) =>
      socket.write(respond(original, original.body), () => setTimeout(() => socket.resetAndDestroy(), 5)),
  },
  {
    id: 'never-answers',
    does: 'takes the request and never answers',
    blame: 'theirs',
    answer: () => {},
  },
  {
    id: 'one-byte-a-second',
    does: 'sends one byte a second',
    blame: 'theirs',
    answer: (socket, original) => drip(socket, respond(original, original.body), 1000),
  },
  {
    id: 'stops-in-body',
    does: 'falls silent in the middle of the body',
    blame: 'theirs',
    answer: (socket, original) => socket.write(respond(original, '{"summary":', ['Content-Length: 500'])),
  },
  {
    id: 'endless-body',
    does: 'sends a chunked body without an end',
    blame: 'theirs',
    answer: (socket, original) => {
      socket.write(respond(original, '', ['Transfer-Encoding: chunked']));
      flood(socket, `4000\r\n${'x'.repeat(0x4000)}\r\n`);
    },
  },
  {
    id: 'endless-body-to-close',
    does: 'sends a body without a length and without an end',
    blame: 'theirs',
    answer: (socket) => {
      socket.write('HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n\r\n');
      flood(socket, 'x'.repeat(0x4000));
    },
  },
  {
    id: 'http2-preface',
    does: 'answers with an HTTP/2 preface and a SETTINGS frame',
    blame: 'theirs',
    checks: ['well-formed-message'],
    answer: (socket) =>
      socket.end(Buffer.from('505249202a20485454502f322e300d0a0d0a534d0d0a0d0a000000040000000000', 'hex')),
  },
  {
    id: 'continue-flood',
    does: 'says 100 Continue without end',
    blame: 'theirs',
    answer: (socket) => flood(socket, 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)),
  },
  {
    id: 'hints-flood',
    does: 'gives 103 Early Hints without end',
    blame: 'theirs',
    answer: (socket) => flood(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n'.repeat(50)),
  },
];
