/** A problem (RFC 9457); where fields are at fault, it points at them. */
const PROBLEM = {
  type: 'object',
  required: ['title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', minLength: 1 },
    status: { type: 'integer' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

const ITEM = {
  type: 'object',
  required: ['name', 'price'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9-]+$', minLength: 1, maxLength: 40, 'x-unique': true },
    price: { type: 'integer', minimum: 1, maximum: 1000 },
  },
};

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const PROBLEMS: Record<string, unknown> = {
  400: problem('The request cannot be read.'),
  401: problem('The key is missing or unknown.'),
  404: problem('There is no such item.'),
  405: { ...problem('There is no such method.'), headers: { Allow: { schema: { type: 'string' } } } },
  409: problem('The name is taken.'),
  413: problem('The body is too large.'),
  415: problem('The body is no JSON.'),
  422: problem('Something in the body is wrong.'),
};

const answers = (success: string, content: object | undefined, ...statuses: number[]) => ({
  [success]: { description: 'As asked.', ...content },
  ...Object.fromEntries(statuses.map((status) => [status, PROBLEMS[status]])),
});

const body = {
  required: true,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } },
};
const toItem = (expression: string) => ({
  links: { item: { operationId: 'getItem', parameters: { id: expression } } },
});

/** The contract of a small API with an API key, counted ids and problems, as its authors would write it down: no clauses, no answers. */
export const ITEMS = {
  openapi: '3.0.3',
  info: { title: 'Items', version: '1' },
  security: [{ key: [] }],
  paths: {
    '/items': {
      get: {
        operationId: 'listItems',
        parameters: [
          { name: 'limit', in: 'query', required: true, schema: { type: 'integer', default: 50 } },
          { name: 'X-Version', in: 'header', required: true, schema: { type: 'string', enum: ['2026-01'] } },
        ],
        responses: answers('200', toItem('$response.body#/items/0/id'), 401, 405),
      },
      post: {
        operationId: 'createItem',
        requestBody: body,
        responses: answers('201', toItem('$response.body#/id'), 400, 401, 409, 413, 415, 422),
      },
    },
    '/items/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }],
      get: { operationId: 'getItem', responses: answers('200', undefined, 400, 401, 404, 405) },
      put: {
        operationId: 'replaceItem',
        requestBody: body,
        responses: answers('200', undefined, 400, 401, 404, 409, 413, 415, 422),
      },
      delete: { operationId: 'deleteItem', responses: answers('204', undefined, 401, 404) },
    },
  },
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } },
    schemas: { Problem: PROBLEM, Item: ITEM },
  },
};
