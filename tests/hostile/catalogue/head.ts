import { flood, type Hostile, respond } from '../hostile.ts';

const line =
  (text: string): Hostile['answer'] =>
  (socket, original) =>
    socket.end(
      `${text}\r\nContent-Type: application/json\r\nContent-Length: ${original.body.length}\r\n\r\n${original.body}`,
    );

const fields =
  (...headers: string[]): Hostile['answer'] =>
  (socket, original) =>
    socket.end(respond(original, original.body, headers));

const malformed = { blame: 'theirs' as const, checks: ['well-formed-message'] };

/** What goes wrong in the status line and the header block. */
export const HEAD: Hostile[] = [
  {
    id: 'garbage',
    does: 'answers with what is no HTTP',
    ...malformed,
    answer: (socket) => socket.end('\x01\x02garbage\r\n\r\n'),
  },
  {
    id: 'ssh-banner',
    does: 'answers with the banner of an SSH server',
    ...malformed,
    answer: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  },
  { id: 'status-99', does: 'answers 99', ...malformed, answer: line('HTTP/1.1 99 Strange') },
  { id: 'status-1000', does: 'answers 1000', ...malformed, answer: line('HTTP/1.1 1000 Strange') },
  { id: 'status-600', does: 'answers 600', blame: 'theirs', answer: line('HTTP/1.1 600 Strange') },
  { id: 'status-words', does: 'answers without a status', ...malformed, answer: line('HTTP/1.1 Not Found') },
  { id: 'version-9', does: 'answers in HTTP/9.9', blame: 'theirs', answer: line('HTTP/9.9 404 Not Found') },
  {
    id: 'endless-headers',
    does: 'sends header fields without an end',
    blame: 'theirs',
    answer: (socket) => {
      socket.write('HTTP/1.1 404 Not Found\r\n');
      flood(socket, 'X-More: and more\r\n'.repeat(100));
    },
  },
  {
    id: 'ten-thousand-headers',
    does: 'sends 10,000 header fields',
    blame: 'theirs',
    answer: fields(...Array.from({ length: 10_000 }, (_, index) => `X-Field-${index}: ${index}`)),
  },
  {
    id: 'ten-megabyte-header',
    does: 'sends a header field of 10 MB',
    blame: 'theirs',
    answer: fields(`X-Long: ${'x'.repeat(10_000_000)}`),
  },
  {
    id: 'cookie-storm',
    does: 'sets 500 cookies',
    blame: 'harmless',
    answer: fields(...Array.from({ length: 500 }, (_, index) => `Set-Cookie: c${index}=v${index}; Path=/`)),
  },
  {
    id: 'header-injection',
    does: 'has CR and LF bytes alone in a field value',
    blame: 'theirs',
    answer: fields('X-Split: a\rX-Injected: b\nX-Other: c'),
  },
  { id: 'header-nul', does: 'has a NUL in a field value', ...malformed, answer: fields('X-Nul: a\0b') },
  { id: 'header-without-name', does: 'sends a field without a name', ...malformed, answer: fields(': nameless') },
  {
    id: 'redirect-loop',
    does: 'redirects to the same place',
    blame: 'theirs',
    answer: (socket, original) => socket.end(respond(original, '', ['Location: ?again'], '302 Found')),
  },
  {
    id: 'redirect-away',
    does: 'redirects to another host',
    blame: 'theirs',
    answer: (socket, original) =>
      socket.end(respond(original, '', ['Location: http://127.0.0.1:9/steal'], '307 Temporary Redirect')),
  },
  {
    id: 'switching-protocols',
    does: 'switches protocols unasked',
    blame: 'theirs',
    answer: (socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x05hello'),
  },
];
