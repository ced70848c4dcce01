import type { FindingWithEvidence } from '../judge/finding.ts';
import { disarm } from './disarm.ts';

/** A finding as a person reads it: what is wrong, the request, the answer, and the command that repeats it. */
export function describeExample({ message, clause, pointer, evidence }: FindingWithEvidence): string {
  const { exchange, curl } = evidence;
  const { request, response, failure } = exchange;
  const fields = (headers: [string, string][]) => headers.map(([name, value]) => `${name}: ${value}`);
  const body =
    request.body === undefined
      ? []
      : ['', 'text' in request.body ? request.body.text : `(base64) ${request.body.base64}`];
  const answer = response
    ? [
        `HTTP/${response.httpVersion} ${response.status} ${response.reason}`,
        ...fields(response.headers),
        '',
        response.body,
      ]
    : [`no answer: ${failure?.message ?? 'nothing came'}`];
  return disarm(
    [
      `${message} (${clause}${pointer === '' ? '' : `, at ${pointer}`})`,
      '',
      `${request.method} ${exchange.url}`,
      ...fields(request.headers),
      ...body,
      '',
      ...answer,
      '',
      curl,
      '',
    ].join('\n'),
  );
}
