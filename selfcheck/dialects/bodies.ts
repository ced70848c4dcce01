import type { Alteration } from '../../reference/alteration.ts';
import { bodyOf, withBody, withHeader } from '../../reference/altering.ts';
import type { Answer } from '../../reference/message-bytes.ts';
import { type Dialect, type Loose, operationsIn } from './dialect.ts';

/** What the errors of a reference become. */
function errors(change: (answer: Answer, operation: string | undefined) => Answer): Alteration {
  return { answer: (answer, { operation }) => (answer.status >= 400 ? change(answer, operation) : answer) };
}

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Problems (RFC 9457) that may have others as their causes, put together from parts. */
const PROBLEM = {
  type: 'object',
  required: ['title', 'status'],
  allOf: [{ properties: { causes: { type: 'array', items: refTo('Problem') } } }],
  properties: { title: { type: 'string' }, status: { type: 'integer' }, instance: { type: 'string', nullable: true } },
};
const FAULTY = {
  allOf: [refTo('Problem'), { type: 'object', required: ['errors'] }],
  properties: {
    errors: {
      type: 'array',
      items: { type: 'object', properties: { detail: { type: 'string' }, pointer: { type: 'string' } } },
    },
  },
};

const PROBLEM_JSON = 'application/problem+json';

const asProblem = errors((answer) => {
  const { summary: title, validation_errors: faults } = bodyOf(answer);
  const list = Object.entries(faults ?? {}).map(([field, [detail]]) => ({
    pointer: `#/${field.replaceAll('.', '/')}`,
    detail,
  }));
  const { status } = answer;
  const body = { title, status, instance: null, causes: [{ title, status }], ...(faults && { errors: list }) };
  return withHeader(withBody(answer, body), 'content-type', PROBLEM_JSON);
});

function publishProblems(document: Loose): void {
  document.openapi = '3.0.3';
  Object.assign(document.components.schemas, { Problem: PROBLEM, Faulty: FAULTY });
  for (const [name, response] of Object.entries(document.components.responses as Record<string, Loose>))
    response.content = { [PROBLEM_JSON]: { schema: refTo(name === 'UnprocessableEntity' ? 'Faulty' : 'Problem') } };
}

const labelled: Alteration = errors((answer) => withHeader(answer, 'content-type', 'application/json'));
const spoilt: Alteration = errors((answer) =>
  answer.status === 404 ? withBody(answer, { ...bodyOf(answer), causes: [{ status: 404 }], trace: 'x' }) : answer,
);
const misled: Alteration = errors((answer) =>
  answer.status === 422
    ? withBody(answer, { ...bodyOf(answer), errors: [{ pointer: '#/other', detail: 'wrong' }] })
    : answer,
);

/** The 404 of one operation says of what kind that is which is not there. */
const withKind = (of: string): Alteration =>
  errors((answer, operation) =>
    answer.status === 404 && operation === of ? withBody(answer, { ...bodyOf(answer), kind: 'http_endpoint' }) : answer,
  );
const KIND = {
  allOf: [{ $ref: './404.json' }, { required: ['kind'], properties: { kind: { type: 'string' } } }],
  type: 'object',
};

/** Contracts with other bodies. */
export const BODIES: Dialect[] = [
  {
    id: 'problem-details',
    publishes: 'problems (RFC 9457) in OpenAPI 3.0, which may hold others',
    publish: publishProblems,
    keep: () => asProblem,
    provokes: [400, 401, 403, 404, 422],
    breaches: [
      {
        id: 'problem-details-as-json',
        breaks: 'problems are labelled application/json',
        trips: ['error-media-type-documented'],
        ...labelled,
      },
      {
        id: 'problem-details-spoilt',
        breaks: 'the causes of a 404 have no title, and something nobody has heard of stands beside them',
        trips: ['fields-404', 'undocumented-field'],
        ...spoilt,
      },
      {
        id: 'problem-details-misled',
        breaks: 'a list of errors points at another field than that at fault',
        trips: ['offending-field-unnamed'],
        ...misled,
      },
      {
        id: 'problem-details-unkept',
        breaks: 'errors are as in another contract',
        trips: [
          ...([
            'error-media-type-documented',
            'fields-400',
            'fields-401',
            'fields-403',
            'fields-404',
            'fields-422',
          ] as const),
          ...['fields-500', 'fields-501', 'fields-504', 'undocumented-field'],
        ],
        instead: true,
      },
    ],
  },
  {
    id: 'problems-by-default',
    publishes: 'the same problems for whatever error there is, by range and default',
    publish(document) {
      publishProblems(document);
      delete document['x-answers'];
      for (const operation of operationsIn(document)) {
        delete operation['x-not-applicable'];
        for (const status of Object.keys(operation.responses))
          if (Number(status) >= 400 && status !== '422') delete operation.responses[status];
        const content = { [PROBLEM_JSON]: { schema: refTo('Problem') } };
        operation.responses['4XX'] = { description: 'Your request is wrong.', content };
        operation.responses.default = { description: 'Something is wrong.', content };
      }
    },
    keep: () => asProblem,
    provokes: [400, 401, 404, 422],
    breaches: [
      {
        id: 'problems-by-default-spoilt',
        breaks: 'the causes of a 404 have no title, and something nobody has heard of stands beside them',
        trips: ['fields-404', 'undocumented-field'],
        ...spoilt,
      },
    ],
  },
  {
    id: 'bodies-by-operation',
    publishes: 'that the 404 of one operation names a kind, and no other does',
    publish(document) {
      document.components.schemas.NotFoundOfKind = KIND;
      const { get } = document.paths['/destinations/http_endpoints/{endpoint_id_or_name}'];
      get.responses['404'] = {
        description: 'There is no such endpoint.',
        content: { 'application/json': { schema: refTo('NotFoundOfKind') } },
      };
    },
    keep: () => withKind('getHttpEndpoint'),
    provokes: [400, 401, 403, 404, 422],
    breaches: [
      { id: 'bodies-by-operation-unkept', breaks: 'it names none', trips: ['fields-404'], instead: true },
      {
        id: 'bodies-by-operation-everywhere',
        breaks: 'another operation names one as well',
        trips: ['undocumented-field'],
        ...withKind('deleteHttpEndpoint'),
      },
    ],
  },
];
