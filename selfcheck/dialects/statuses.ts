import type { Alteration, Asked } from '../../reference/alteration.ts';
import { flawless } from '../../reference/altering.ts';
import type { Answer } from '../../reference/message-bytes.ts';
import type { Handler } from '../../reference/operations/call.ts';
import { findItem, type Kind, putItem } from '../../reference/store.ts';
import { type Dialect, type Loose, operationsIn } from './dialect.ts';

const NOT_HERE = 'not here';

/** Publishes further statuses with the body of a 404, on the operations that are picked. */
function add(document: Loose, names: Record<number, string>, picks: (operation: Loose) => boolean = takesBody): void {
  Object.assign(document['x-status-names'], names);
  delete document['x-answers'];
  for (const [status, description] of Object.entries(names)) {
    const content = { 'application/json': { schema: { $ref: './404.json' } } };
    for (const operation of operationsIn(document)) {
      if (picks(operation)) operation.responses[status] = { description, content };
      else operation['x-not-applicable'] = { ...operation['x-not-applicable'], [status]: NOT_HERE };
    }
  }
}

const takesBody = ({ requestBody }: Loose) => requestBody !== undefined;
const isChange = ({ requestBody, operationId }: Loose) => requestBody !== undefined && /^update/.test(operationId);

/** The answer in place of one that is there, where the request is of a kind. */
function answerAs(status: number, isFor: (answer: Answer, asked: Asked) => boolean): Alteration {
  return { answer: (answer, asked) => (isFor(answer, asked) ? flawless(status) : answer) };
}

/** Several of these, of which the first that changes an answer counts. */
function anyOf(...all: Alteration[]): Alteration {
  return {
    async answer(given, asked) {
      for (const { answer } of all) {
        const altered = await answer?.(given, asked);
        if (altered !== undefined && altered !== given) return altered;
      }
      return given;
    },
  };
}

const isTaken = ({ status, body }: Answer) =>
  status === 422 && /has already been|already in use|not unique|exists/i.test(String(body));
const isForeign = ({ status }: Answer, { headers }: Asked) =>
  status === 400 &&
  Number(headers['content-length'] ?? 0) > 0 &&
  !/^application\/json/i.test(headers['content-type'] ?? '');
const isUnmet = (_: Answer, { headers }: Asked) => headers.accept?.includes('no-such-type') === true;
const isStale = (_: Answer, { headers }: Asked) => headers['if-match']?.includes('no-such-tag') === true;
/** What does not hold is not carried out. */
const dropStale: Alteration['request'] = (request) => {
  if (request.headers['if-match']?.includes('no-such-tag')) request.url = '/api/nowhere';
};
/** Nor what has no condition. */
const undoUnconditional: Alteration['parts'] = ({ parseBody, handlers }) => {
  const bodies = new WeakSet<object>();
  const keep =
    (own: Handler): Handler =>
    async (call) => {
      const kind = call.operation.tag as Kind;
      const before = bodies.has(call.body) && findItem(call.store, kind, Object.values(call.params).at(-1) ?? '');
      const shown = await own(call);
      if (before && call.operation.method !== 'POST') putItem(call.store, kind, before);
      return shown;
    };
  return {
    parseBody: (request, body, required) => {
      const parsed = parseBody(request, body, required);
      if (parsed && request.headers['if-match'] === undefined) bodies.add(parsed);
      return parsed;
    },
    handlers: Object.fromEntries(Object.entries(handlers).map(([id, own]) => [id, keep(own)])),
  };
};
const isHuge = (_: Answer, { headers }: Asked) => Number(headers['content-length'] ?? 0) > 1_048_576;
const isUnconditional = ({ status }: Answer, { method, headers }: Asked) =>
  status < 400 && ['PUT', 'PATCH'].includes(method) && headers['if-match'] === undefined;

const as400 = answerAs(400, ({ status }) => status === 422);

/** Contracts with other statuses. */
export const STATUSES: Dialect[] = [
  {
    id: 'validation-by-400',
    publishes: 'that a body which fails validation is answered 400',
    publish(document) {
      delete document['x-status-names']['422'];
      delete document['x-answers'];
      for (const operation of operationsIn(document)) {
        delete operation.responses['422'];
        delete operation['x-not-applicable']?.['422'];
      }
    },
    keep: () => as400,
    provokes: [400, 401, 404],
    breaches: [
      {
        id: 'validation-by-422-unpublished',
        breaks: 'it is answered 422, which is not published',
        trips: ['meaning-400', 'error-status-documented'],
        instead: true,
      },
      {
        id: 'validation-by-404',
        breaks: 'a body that fails validation is answered 404',
        trips: ['meaning-400'],
        instead: true,
        ...answerAs(404, ({ status }) => status === 422),
      },
    ],
  },
  {
    id: 'conflict-and-media-type',
    publishes: '409 for a name that is taken and 415 for a wrong media type',
    publish: (document) => add(document, { 409: 'Conflict', 415: 'Unsupported Media Type' }),
    keep: () => anyOf(answerAs(409, isTaken), answerAs(415, isForeign)),
    provokes: [400, 401, 404, 409, 415, 422],
    breaches: [
      {
        id: 'conflict-by-422',
        breaks: 'a name that is taken is answered 422 all the same',
        trips: ['meaning-409'],
        instead: true,
        ...answerAs(415, isForeign),
      },
      {
        id: 'media-type-by-400',
        breaks: 'a wrong media type is answered 400 all the same',
        trips: ['meaning-415'],
        instead: true,
        ...answerAs(409, isTaken),
      },
    ],
  },
  {
    id: 'accept-and-precondition',
    publishes: '406 and 412, for what cannot be met',
    publish(document) {
      add(document, { 406: 'Not Acceptable' }, () => true);
      add(document, { 412: 'Precondition Failed' }, isChange);
    },
    keep: () => ({ ...anyOf(answerAs(406, isUnmet), answerAs(412, isStale)), request: dropStale }),
    provokes: [401, 404, 406, 412, 422],
    breaches: [
      {
        id: 'precondition-passed-over',
        breaks: 'a condition that does not hold is passed over',
        trips: ['meaning-412'],
        instead: true,
        ...answerAs(406, isUnmet),
      },
    ],
  },
  {
    id: 'precondition-and-size',
    publishes: '413 and 428, for what is too large and what has no condition',
    publish(document) {
      add(document, { 413: 'Content Too Large' });
      add(document, { 428: 'Precondition Required' }, isChange);
    },
    keep: () => ({ ...anyOf(answerAs(413, isHuge), answerAs(428, isUnconditional)), parts: undoUnconditional }),
    provokes: [401, 404, 413, 422, 428],
    breaches: [
      {
        id: 'precondition-not-required',
        breaks: 'a change without a condition is carried out',
        trips: ['meaning-428'],
        instead: true,
        ...answerAs(413, isHuge),
      },
    ],
  },
];
