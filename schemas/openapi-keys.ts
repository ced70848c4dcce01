/** Methods that a path can have operations for. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * The keys that objects of an OpenAPI 3.1 document may have, besides extensions (`x-…`): what is spelt otherwise would be passed
 * over, and with it a whole operation, or its links.
 */
export const KEYS = {
  document: [
    ...['openapi', 'info', 'jsonSchemaDialect', 'servers', 'paths', 'webhooks', 'components', 'security', 'tags'],
    'externalDocs',
  ],
  path: ['summary', 'description', 'servers', 'parameters', ...METHODS],
  operation: [
    ...['tags', 'summary', 'description', 'externalDocs', 'operationId', 'parameters', 'requestBody', 'responses'],
    ...['callbacks', 'deprecated', 'security', 'servers'],
  ],
  scheme: ['type', 'description', 'name', 'in', 'scheme', 'bearerFormat', 'flows', 'openIdConnectUrl'],
  parameter: [
    ...['name', 'in', 'description', 'required', 'deprecated', 'allowEmptyValue', 'style', 'explode', 'allowReserved'],
    ...['schema', 'example', 'examples', 'content'],
  ],
  body: ['description', 'content', 'required'],
  media: ['schema', 'example', 'examples', 'encoding'],
  example: ['summary', 'description', 'value', 'externalValue'],
  response: ['description', 'headers', 'content', 'links'],
  link: ['operationRef', 'operationId', 'parameters', 'requestBody', 'description', 'server'],
};
