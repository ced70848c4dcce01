import type { Alteration, Altered } from '../../reference/alteration.ts';
import { withBody } from '../../reference/altering.ts';
import type { Answer } from '../../reference/message-bytes.ts';
import type { Hostile } from './hostile.ts';
import { bytes, closing, endless, headOf } from './writing.ts';

/** The successes of an operation become what `change` makes of them. */
function atSuccess(operation: string, change: (answer: Answer) => Altered): { alteration: Alteration } {
  const answer: Alteration['answer'] = (given, asked) =>
    given.status < 300 && asked.operation === operation ? change(given) : given;
  return { alteration: { answer } };
}

/** What an operation creates gets this id in its answer. */
function named(id: string): ReturnType<typeof atSuccess> {
  return atSuccess('createHttpEndpoint', (answer) =>
    withBody(answer, { ...(JSON.parse(String(answer.body)) as object), id }),
  );
}

const UNHELD = { fault: 'ours', reason: 'did not hold' } as const;

/** Servers that are hostile where all is well, so that nothing can be held against them. */
export const GROUNDWORK: Hostile[] = [
  {
    id: 'control-never-answered',
    does: 'never answers who reads an object that exists',
    ...UNHELD,
    timeoutMs: 1000,
    ...atSuccess('getHttpEndpoint', () => bytes('', 'stay')),
  },
  {
    id: 'control-garbage',
    does: 'answers who reads an object that exists with garbage',
    ...UNHELD,
    ...atSuccess('getHttpEndpoint', () => bytes('\0'.repeat(1000))),
  },
  {
    id: 'control-reset',
    does: 'resets the connection of who reads an object that exists',
    ...UNHELD,
    ...atSuccess('getHttpEndpoint', () => bytes('', 'reset')),
  },
  {
    id: 'control-truncated',
    does: 'sends half of an object that exists',
    ...UNHELD,
    ...atSuccess('getHttpEndpoint', (answer) => bytes(closing(answer).subarray(0, -9))),
  },
  {
    id: 'removal-never-answered',
    does: 'never answers who removes an object',
    fault: 'ours',
    timeoutMs: 500,
    ...atSuccess('deleteHttpEndpoint', () => bytes('', 'stay')),
  },
  {
    id: 'list-endless',
    does: 'lists objects without end',
    fault: 'ours',
    says: 'is not the documented list',
    ...atSuccess('listHttpEndpoints', (answer) => endless(`${headOf(answer)}{"data":[`, '{"id":"x"},'.repeat(5000))),
  },
  {
    id: 'id-injects-header',
    does: 'gives what is created an id with a line end and a header in it',
    ...UNHELD,
    ...named('x HTTP/1.1\r\nX-Injected: 1\r\n\r\nGET /api/strayed HTTP/1.1\r\nX-Injected: 1\r\n\r\n'),
  },
  {
    id: 'id-climbs',
    does: 'gives what is created an id that climbs out of its path',
    ...UNHELD,
    ...named('../../../strayed?strayed=1#'),
  },
  {
    id: 'id-megabyte',
    does: 'gives what is created an id of half a megabyte',
    fault: 'nobody',
    reason: 'POST /destinations/http_endpoints answered 200',
    ...named('i'.repeat(500_000)),
  },
  {
    id: 'id-deep',
    does: 'gives what is created an id of lone surrogates and NUL',
    ...UNHELD,
    ...named('\ud800\0\udfff'),
  },
];
