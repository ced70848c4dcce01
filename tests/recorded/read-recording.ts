import { readFileSync } from 'node:fs';
import type { Exchange, Framing, ResponseRecord } from '../../model/exchange.ts';

/** One exchange of a recording, as it stands in the file (one JSON object per line). */
type Line = {
  name: string;
  method: string;
  path: string;
  request_headers: [string, string][];
  request_body: string | null;
  status: number | null;
  response_headers: [string, string][];
  response_body: string | null;
  bytes_after_response?: string;
  transport_error?: string;
};

/** A recorded exchange and the name of the probe it came from. */
export type Recorded = { name: string; exchange: Exchange };

/** Reads a recording as exchanges that can be judged. */
export function readRecording(file: URL): Recorded[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((text) => {
    const line = JSON.parse(text) as Line;
    return { name: line.name, exchange: toExchange(line) };
  });
}

function toExchange(line: Line): Exchange {
  const headers = line.request_headers.map(([name, value]): [string, string] => [
    name,
    value.replaceAll('<token>', '{{token}}'),
  ]);
  const request: Exchange['request'] = { method: line.method, target: line.path, headers };
  if (line.request_body !== null) request.body = { text: line.request_body };
  const exchange: Exchange = { request, url: `http://recorded.invalid${line.path}`, echoed: [], ms: 0 };
  if (line.status !== null) return { ...exchange, response: toResponse(line, line.status) };
  // The recorder says `timeout` for both of these probes; what bytes came are kept with them.
  const received = line.response_body ?? '';
  return {
    ...exchange,
    failure: { kind: 'timeout', code: 'ETIMEDOUT', message: line.transport_error ?? '', received },
  };
}

function toResponse(line: Line, status: number): ResponseRecord {
  const body = line.response_body ?? '';
  const has = (name: string) => line.response_headers.some(([each]) => each === name);
  const framing: Framing = has('content-length') ? 'content-length' : 'close';
  return {
    status,
    reason: '',
    httpVersion: '1.1',
    headers: line.response_headers,
    body,
    bodyBytes: Buffer.byteLength(body),
    validUtf8: true,
    framing,
    // A reset while a response without Content-Length was read: its end was never seen.
    complete: !line.transport_error?.includes('ConnectionResetError'),
    truncated: false,
    interim: [],
    bytesAfter: line.bytes_after_response ?? '',
  };
}
