import { encodeWire } from '../model/encode-wire.ts';
import type { RequestSpec } from '../model/exchange.ts';

/** A piece of a command line: text to be taken literally, or a shell expansion that is already safe. */
type Piece = { literal: string } | { shell: string };

const PLACEHOLDER = /(\{\{[A-Za-z][A-Za-z0-9]*(?::changed)?\}\})/;

/** Longest body, in bytes, that is written into the command. */
const MAX_BODY_BYTES = 16 * 1024;

/**
 * The POSIX shell command that repeats a request with curl; `url` is the exchange's. Secrets are named, not written:
 * `$API_TOKEN`, `$API_ADMIN_TOKEN`. What curl cannot send as it was sent is said in comment lines ahead of the command.
 */
export function toCurl(request: RequestSpec, url: string): string {
  const notes: string[] = [];
  const body = writeBody(request.body, notes);
  const parts = [
    'curl -sS -i --http1.1 --path-as-is --globoff',
    writeMethod(request, notes),
    ...writeHeaders(request, notes),
    ...(body.option === undefined ? [] : [body.option]),
    ...writeUrl(request.target, url, notes),
  ];
  return [...notes.map((note) => `# ${note}`), `${body.pipe}${parts.join(' ')}`].join('\n');
}

function writeMethod({ method, body }: RequestSpec, notes: string[]): string {
  if (method === 'HEAD' && !body) return '--head';
  if (method === 'HEAD')
    notes.push('curl takes the answer to a HEAD with a body for one that has content, and may wait for it');
  return `-X ${quoteWire(method, 'the method', notes)}`;
}

/** Quotes text as one word of a POSIX shell; every byte but NUL survives. */
export function quoteShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function quoteWire(text: string, what: string, notes: string[]): string {
  if (/[\0\r\n]/.test(text)) notes.push(`${what} holds a NUL, CR or LF, which curl does not send as it stands`);
  const pieces = text.split(PLACEHOLDER).map(toPiece);
  return pieces.map((piece) => ('shell' in piece ? piece.shell : quoteBytes(piece.literal))).join('') || "''";
}

function toPiece(text: string, index: number): Piece {
  // `split` puts what the pattern's group matched at the odd places.
  if (index % 2 === 0) return { literal: text };
  const [name = '', changed] = text.slice(2, -2).split(':');
  const variable = `API_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
  return { shell: changed === undefined ? `"$${variable}"` : `"\${${variable}%?}x"` };
}

/** Quotes a literal by its wire bytes; those outside ASCII are spelt in octal, as no terminal or file can be trusted with them. */
function quoteBytes(text: string): string {
  const clean = text.replaceAll('\0', '');
  if (clean === '') return '';
  return isAscii(clean) ? quoteShell(clean) : `"$(printf '${toOctal(encodeWire(clean))}')"`;
}

function writeHeaders(request: RequestSpec, notes: string[]): string[] {
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const options = request.headers.flatMap(([name, value]) => {
    // curl reads `@…` as a file name and a name that ends in `;` as an empty header.
    if (!/^[^@:;\s][^:;\s]*$/.test(name)) {
      notes.push(`curl does not send the header name ${JSON.stringify(name)}; left out`);
      return [];
    }
    const what = `the value of ${JSON.stringify(name)}`;
    if (/^[ \t]|[ \t]$/.test(value)) notes.push(`curl may trim ${what}`);
    return [`-H ${quoteWire(value.trim() === '' ? `${name};` : `${name}: ${value}`, what, notes)}`];
  });
  const once = new Set(['host', 'content-length', 'transfer-encoding']);
  for (const name of given)
    if (once.has(name) && request.headers.filter(([other]) => other.toLowerCase() === name).length > 1)
      notes.push(`curl sends the header ${JSON.stringify(name)} once`);
  if (given.has('transfer-encoding')) notes.push('curl frames the body itself; it was sent as it stands');
  // Headers that curl would add of its own accord, and the one that our client adds.
  const unwanted = ['Accept', ...(request.body ? ['Content-Type', 'Expect'] : [])];
  for (const name of unwanted) if (!given.has(name.toLowerCase())) options.push(`-H '${name}:'`);
  if (!given.has('connection')) options.push(`-H 'Connection: close'`);
  // Our client frames what has no body, too.
  const isBare = !request.body && /^(?:POST|PUT|PATCH)$/.test(request.method);
  if (isBare && !given.has('content-length') && !given.has('transfer-encoding')) options.push(`-H 'Content-Length: 0'`);
  return options;
}

function writeUrl(target: string, url: string, notes: string[]): string[] {
  // The target is the server's to read; it must not reach into the authority, as `@elsewhere` would (RFC 3986 §3.2).
  const base = url.endsWith(target) ? url.slice(0, url.length - target.length) : url;
  const origin = /^https?:\/\/[^/?#]+/.exec(base)?.[0] ?? '';
  const path = url.slice(origin.length);
  // A fragment curl would drop, and blanks and bytes outside ASCII it would refuse; as request target it sends them unseen.
  if (/^\/[!-"$-~]*$/.test(path)) return [quoteWire(url, 'the target', notes)];
  if (path === '') notes.push('curl cannot send an empty target');
  return [
    ...(path === '' ? [] : [`--request-target ${quoteWire(path, 'the target', notes)}`]),
    quoteShell(`${origin}/`),
  ];
}

function writeBody(body: RequestSpec['body'], notes: string[]): { pipe: string; option?: string } {
  if (!body) return { pipe: '' };
  const bytes = 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
  if (bytes.length > MAX_BODY_BYTES) {
    notes.push(`put the request's body (${bytes.length} bytes) into the file body.bin first`);
    return { pipe: '', option: '--data-binary @body.bin' };
  }
  // --data-raw, unlike --data-binary, does not take a leading @ for a file name.
  if ('text' in body && isAscii(body.text)) return { pipe: '', option: `--data-raw ${quoteSecrets(body.text)}` };
  return { pipe: `printf '${toOctal(bytes)}' | `, option: '--data-binary @-' };
}

/** Quotes a body in which a target profile's secrets are named; what else looks like a placeholder is text. */
function quoteSecrets(text: string): string {
  const pieces = text.split(/(\{\{secret[A-Z][A-Za-z0-9]*\}\})/).map(toPiece);
  return pieces.map((piece) => ('shell' in piece ? piece.shell : quoteShell(piece.literal))).join('');
}

/** Printable ASCII and line feeds only: safe between single quotes everywhere. */
function isAscii(text: string): boolean {
  return /^[ -~\n]*$/.test(text);
}

/** Bytes as a `printf` format: what has a meaning there, or is not printable, becomes `\ooo`. */
function toOctal(bytes: Buffer): string {
  return [...bytes].map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : octal(byte))).join('');
}

function isPlain(byte: number): boolean {
  return /[\w ,.:;/?&=+{}[\]()"-]/.test(String.fromCharCode(byte)) && byte < 0x80;
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}
