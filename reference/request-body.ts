import type { IncomingMessage } from 'node:http';
import { ApiError } from './errors.ts';

/** A JSON object as received; its values are not checked yet. */
export type JsonObject = { [name: string]: unknown };

const MAX_BYTES = 1_048_576;
const MAX_DRAINED_BYTES = 64 * MAX_BYTES;
const MAX_DEPTH = 64;
// RFC 9110 §8.3.1: type and subtype are case-insensitive; parameters follow after optional white space.
const JSON_MEDIA_TYPE = /^application\/json[ \t]*(?:;|$)/i;
const CHARSET = /;[ \t]*charset="?([^";]*)/i;

/**
 * Reads a whole body. One that is too large is read to its end and dropped before the 400, because a client that is
 * still sending would have its connection reset and never see the answer (RFC 9112 §9.6).
 */
export function readBody(request: IncomingMessage, done: (error: Error | null, body?: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const refuse = () => done(new ApiError(400, 'The request body is too large.'));
  const onData = (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BYTES) chunks.push(chunk);
    if (length <= MAX_DRAINED_BYTES) return;
    request.off('data', onData).off('end', onEnd); // Enough is enough; this client may lose the answer.
    refuse();
  };
  const onEnd = () => (length > MAX_BYTES ? refuse() : done(null, Buffer.concat(chunks, length)));
  request.on('data', onData).on('end', onEnd);
  // An incomplete message ends in neither; it is answered from `clientError`, or nobody waits any more.
  request.on('error', () => {});
}

/** Parses the body of an operation that takes one; `undefined` when there is none and none is required. */
export type ParseBody = (request: IncomingMessage, body: unknown, required: boolean) => JsonObject | undefined;

/** Parses a body as JSON in UTF-8, of the right content type, that is an object; throws the 400 if it is anything else. */
export const parseBody: ParseBody = (request, body, required) => {
  if (!Buffer.isBuffer(body) || body.length === 0) {
    if (required) throw new ApiError(400, 'The request body is missing.');
    return undefined;
  }
  if (request.headers['content-encoding'] !== undefined) throw new ApiError(400, 'Content codings are not supported.');
  const type = request.headers['content-type'] ?? '';
  const charset = CHARSET.exec(type)?.[1] ?? 'utf-8';
  if (!JSON_MEDIA_TYPE.test(type) || !/^utf-?8$/i.test(charset)) {
    throw new ApiError(400, 'The content type of the request body must be application/json.');
  }
  const value = parseJson(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError(400, 'The request body must be a JSON object.');
  }
  if (isDeeper(value, MAX_DEPTH)) throw new ApiError(400, 'The request body is nested too deeply.');
  return value as JsonObject;
};

function parseJson(body: Buffer): unknown {
  try {
    // RFC 8259 §8.1: UTF-8 without a byte order mark. `fatal` refuses ill-formed UTF-8 where `toString` would patch it.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    // The parser's own message quotes the body; it stays here.
    throw new ApiError(400, 'The request body is not valid JSON.');
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((child) => isDeeper(child, levels - 1));
}
