import type { Framing } from '../model/exchange.ts';

/** Bounds of one response, in bytes: all header blocks together, and the body after transfer decoding. */
export type Bounds = { maxHeaderBytes: number; maxBodyBytes: number };

/**
 * How far into a response its bytes have brought us. The last five are final:
 * - `done`: the message is complete, what follows does not belong to it;
 * - `cut`: the body is longer than the bound; `head-too-long`: the header block is;
 * - `broken`: these bytes are no HTTP message, so nobody can say where it ends.
 */
export type Phase =
  | 'start'
  | 'headers'
  | 'body'
  | 'until-close'
  | 'chunk-size'
  | 'chunk-data'
  | 'chunk-end'
  | 'trailers'
  | 'done'
  | 'cut'
  | 'head-too-long'
  | 'broken';

/** State of the walk over one response; `framing` is known once the final header block has ended. */
export type Walk = {
  phase: Phase;
  framing?: Framing;
  readonly toHead: boolean;
  readonly bounds: Bounds;
  line: string;
  status: number;
  contentLength?: string;
  transferEncoding?: string;
  /** Bytes left of the body or of the current chunk. */
  left: number;
  headBytes: number;
  bodyBytes: number;
  overheadBytes: number;
};

/** Starts a walk; `toHead` says that the request was a HEAD, whose answer never has a body (RFC 9112 §6.3, rule 1). */
export function startWalk(toHead: boolean, bounds: Bounds): Walk {
  const counters = { left: 0, headBytes: 0, bodyBytes: 0, overheadBytes: 0 };
  return { phase: 'start', toHead, bounds, line: '', status: 0, ...counters };
}

/** True when no further byte can belong to the message, or none is wanted. */
export function isFinal(phase: Phase): boolean {
  return phase === 'done' || phase === 'cut' || phase === 'head-too-long' || phase === 'broken';
}

/**
 * Moves `walk` over the next bytes and says how many of them belong to the message. It looks at each byte once and finds
 * the end only; whether what it walked over is valid HTTP is left to the parser (`parse-response.ts`).
 */
export function advance(walk: Walk, chunk: Buffer): number {
  let at = 0;
  while (at < chunk.length && !isFinal(walk.phase)) {
    if (walk.phase === 'body' || walk.phase === 'until-close' || walk.phase === 'chunk-data')
      at += takeData(walk, chunk.length - at);
    else at = takeLine(walk, chunk, at);
  }
  return at;
}

function takeData(walk: Walk, available: number): number {
  const wanted = walk.phase === 'until-close' ? available : Math.min(available, walk.left);
  const taken = Math.min(wanted, walk.bounds.maxBodyBytes - walk.bodyBytes);
  walk.bodyBytes += taken;
  walk.left -= taken;
  if (taken < wanted) walk.phase = 'cut';
  else if (walk.phase === 'body' && walk.left === 0) walk.phase = 'done';
  else if (walk.phase === 'chunk-data' && walk.left === 0) walk.phase = 'chunk-end';
  return taken;
}

function takeLine(walk: Walk, chunk: Buffer, at: number): number {
  const feed = chunk.indexOf(0x0a, at);
  const end = feed === -1 ? chunk.length : feed + 1;
  walk.line += chunk.toString('latin1', at, end);
  if (walk.framing === undefined) walk.headBytes += end - at;
  else walk.overheadBytes += end - at;
  if (walk.headBytes > walk.bounds.maxHeaderBytes) walk.phase = 'head-too-long';
  // Chunk sizes, extensions and trailers are not content but cost more than it (RFC 9112 §7.1.1): no more of them than of
  // content, a header block's worth aside.
  else if (walk.overheadBytes > walk.bounds.maxHeaderBytes + walk.bodyBytes) walk.phase = 'cut';
  else if (feed === -1) spotGarbage(walk);
  else {
    // A bare LF ends a line here, so that the walk stops; the parser then refuses it.
    const line = walk.line.replace(/\r?\n$/, '');
    walk.line = '';
    onLine(walk, line);
  }
  return end;
}

/** Gives up on half a line that cannot become what is due, rather than wait for the deadline. */
function spotGarbage(walk: Walk): void {
  const { phase, line } = walk;
  if (phase === 'start' && !'HTTP/'.startsWith(line.slice(0, 5)) && line !== '\r') walk.phase = 'broken';
  if (phase === 'chunk-end' && line !== '\r') walk.phase = 'broken';
}

function onLine(walk: Walk, line: string): void {
  if (walk.phase === 'start') onStatusLine(walk, line);
  else if (walk.phase === 'headers' && line === '') onHeadEnd(walk);
  else if (walk.phase === 'headers') onHeaderLine(walk, line);
  else if (walk.phase === 'chunk-size') onChunkSize(walk, line);
  else if (walk.phase === 'chunk-end') walk.phase = line === '' ? 'chunk-size' : 'broken';
  else if (line === '') walk.phase = 'done';
}

function onStatusLine(walk: Walk, line: string): void {
  if (line === '') return;
  // RFC 9110 §15: a status below 100 is none, though the parser takes it.
  const status = /^HTTP\/\d\.\d ([1-9]\d{2})(?: |$)/.exec(line)?.[1];
  walk.status = Number(status);
  walk.phase = status === undefined ? 'broken' : 'headers';
}

function onHeaderLine(walk: Walk, line: string): void {
  const [, name, value] = /^(content-length|transfer-encoding):[ \t]*(.*?)[ \t]*$/i.exec(line) ?? [];
  if (name === undefined || value === undefined) return;
  // Repeated fields are joined; RFC 9110 §5.3.
  if (/^c/i.test(name)) walk.contentLength = joinValues(walk.contentLength, value);
  else walk.transferEncoding = joinValues(walk.transferEncoding, value);
}

function joinValues(first: string | undefined, next: string): string {
  return first === undefined ? next : `${first}, ${next}`;
}

/** Decides the framing by the rules of RFC 9112 §6.3, in their order. */
function onHeadEnd(walk: Walk): void {
  const { status, transferEncoding, contentLength } = walk;
  if (status >= 100 && status < 200 && status !== 101) {
    // An interim answer; the next header block starts afresh.
    Object.assign(walk, { phase: 'start', contentLength: undefined, transferEncoding: undefined });
  } else if (walk.toHead || status === 101 || status === 204 || status === 304) frame(walk, 'none', 'done');
  else if (transferEncoding !== undefined) {
    if (/(?:^|,)[ \t]*chunked$/i.test(transferEncoding)) frame(walk, 'chunked', 'chunk-size');
    else frame(walk, 'close', 'until-close');
  } else if (contentLength !== undefined) {
    walk.left = /^\d{1,15}$/.test(contentLength) ? Number(contentLength) : Number.NaN;
    frame(walk, 'content-length', Number.isNaN(walk.left) ? 'broken' : walk.left === 0 ? 'done' : 'body');
  } else frame(walk, 'close', 'until-close');
}

function frame(walk: Walk, framing: Framing, phase: Phase): void {
  walk.framing = framing;
  walk.phase = phase;
}

function onChunkSize(walk: Walk, line: string): void {
  const size = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
  walk.left = Number.parseInt(size ?? '', 16);
  walk.phase = Number.isNaN(walk.left) ? 'broken' : walk.left === 0 ? 'trailers' : 'chunk-data';
}
