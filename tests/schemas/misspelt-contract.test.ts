import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { ContractError } from '../../schemas/contract-error.ts';
import { loadContract } from '../../schemas/load-contract.ts';
import { copyContract, edit } from '../support/copy-contract.ts';

/** The sentence with which a contract is refused, its directory left out. */
function refusal(directory: string): string {
  try {
    loadContract(directory);
  } catch (error) {
    expect(error).toBeInstanceOf(ContractError);
    const { message } = error as Error;
    return message.slice(message.indexOf(basename(directory)) + basename(directory).length + 1);
  }
  return 'no error';
}

test.each<[file: string, from: string, to: string, sentence: string | RegExp]>([
  [
    'clauses.yaml',
    '    level: MUST\n    title: "400 Bad',
    '    level: Must\n    title: "400 Bad',
    'clauses.yaml:24: clauses[2].level: expected one of MUST, SHOULD, MAY, found "Must"',
  ],
  [
    'clauses.yaml',
    '    set: contract\n    level: MUST\n    title: "An error has a JSON',
    '    set: contrcat\n    level: MUST\n    title: "An error has a JSON',
    'clauses.yaml:14: clauses[1].set: expected one of contract, http, hygiene, found "contrcat"',
  ],
  [
    'clauses.yaml',
    '    level: SHOULD\n    title: "An error body has no',
    '    levle: SHOULD\n    title: "An error body has no',
    'clauses.yaml:186: clauses[20].levle: expected one of the keys id, set, level, title, quote, source, excluded, found "levle"',
  ],
  [
    'clauses.yaml',
    '    level: SHOULD\n    title: "An error body has no',
    '    title: "An error body has no',
    'clauses.yaml:184: clauses[20].level: expected a value, found nothing',
  ],
  [
    'clauses.yaml',
    '- id: meaning-404',
    '- id: meaning_404',
    'clauses.yaml:49: clauses[5].id: expected text that matches ^[a-z0-9]+(-[a-z0-9]+)*$, found "meaning_404"',
  ],
  [
    'clauses.yaml',
    'title: "An error has a JSON body"',
    'title: ""',
    'clauses.yaml:16: clauses[1].title: expected text that is not blank, found ""',
  ],
  [
    'clauses.yaml',
    'title: "An error has a JSON body"',
    'title: An error has: a JSON body',
    'clauses.yaml:16: expected YAML, found a mistake: bad indentation of a mapping entry',
  ],
  [
    'clauses.yaml',
    'url: "https://sequin.io/docs/management-api/errors"',
    'url: "http://sequin.io/docs/management-api/errors"',
    'clauses.yaml:11: clauses[0].source.url: expected text that matches ^https://, found "http://sequin.io/docs/management-api/errors"',
  ],
  [
    'clauses.yaml',
    '    title: "An error has a JSON body"',
    '    title: "An error has a JSON body"\n    title: "JSON"',
    'clauses.yaml:17: expected YAML, found a mistake: duplicated mapping key',
  ],
  [
    'clauses.yaml',
    '- id: canonical-fields-only',
    '- id: no-sql',
    'clauses.yaml:184: clauses[20].id: expected no clause that the suite has itself, for every contract, found "no-sql"',
  ],
  [
    'clauses.yaml',
    '    set: contract\n    level: MUST\n    title: "An error has a JSON',
    '    set: http\n    level: MUST\n    title: "An error has a JSON',
    'clauses.yaml:14: clauses[1].set: expected contract, because the other sets are those of the suite, found "http"',
  ],
  [
    'clauses.yaml',
    'clauses:\n',
    'clause:\n',
    'clauses.yaml:3: clause: expected one of the keys clauses, found "clause"',
  ],
  [
    'openapi.yaml',
    'getSink: { operationId: getSink, parameters: { sink_id_or_name: $response.body#/id } }',
    'getSink: { operationId: getSinks, parameters: { sink_id_or_name: $response.body#/id } }',
    'openapi.yaml:367: paths["/sinks"].post.responses["200"].links.getSink.operationId: expected the operationId of an operation, found "getSinks"',
  ],
  [
    'openapi.yaml',
    'getSink: { operationId: getSink, parameters: { sink_id_or_name: $response.body#/id } }',
    'getSink: { operationId: getSink, parameters: { sink_id: $response.body#/id } }',
    'openapi.yaml:367: paths["/sinks"].post.responses["200"].links.getSink.parameters.sink_id: expected only path parameters of getSink, found sink_id',
  ],
  [
    'openapi.yaml',
    'getSink: { operationId: getSink, parameters: { sink_id_or_name: $response.body#/id } }',
    'getSink: { operationId: getSink, parameters: { sink_id_or_name: $response.body/id } }',
    'openapi.yaml:367: paths["/sinks"].post.responses["200"].links.getSink.parameters.sink_id_or_name: expected $response.body#/… or $request.path.…, found "$response.body/id"',
  ],
  [
    'openapi.yaml',
    '      x-inert: { status: disabled }',
    '      x-inert: { state: disabled }',
    /^openapi\.yaml:1311: components\.schemas\.SinkCreate\.x-inert\.state: expected a field among name, status, .*, found state$/,
  ],
  [
    'openapi.yaml',
    'x-references: { operationId: createHttpEndpoint,',
    'x-references: { operationId: createHttpEndpiont,',
    'openapi.yaml:1213: components.schemas.WebhookDestination.properties.http_endpoint.x-references.operationId: expected the operationId of an operation, found "createHttpEndpiont"',
  ],
  [
    'openapi.yaml',
    'x-references: { operationId: createHttpEndpoint,',
    'x-references: { operationId: listHttpEndpoints,',
    'openapi.yaml:1213: components.schemas.WebhookDestination.properties.http_endpoint.x-references.operationId: expected an operation that creates something: a POST whose answer links to it, found "listHttpEndpoints"',
  ],
  [
    'openapi.yaml',
    'x-references: { operationId: createPostgresDatabase, value: $response.body#/name }',
    'x-references: { operationId: createPostgresDatabase }',
    'openapi.yaml:1336: components.schemas.SinkCreate.properties.database.x-references.value: expected text, found nothing',
  ],
  [
    'openapi.yaml',
    'x-refused-while-used-by: createSink',
    'x-refused-while-used-by: createSinks',
    'openapi.yaml:930: paths["/postgres_databases/{id_or_name}"].delete.x-refused-while-used-by: expected the operationId of an operation, found "createSinks"',
  ],
  [
    'openapi.yaml',
    'x-needs-live-object: true',
    'x-needs-live-object: yes',
    'openapi.yaml:955: paths["/postgres_databases/{id_or_name}/test_connection"].post.x-needs-live-object: expected true or false, found "yes"',
  ],
  [
    'openapi.yaml',
    '      operationId: updateSink\n',
    '      operationId: createSink\n',
    'openapi.yaml:402: paths["/sinks/{sink_id_or_name}"].patch.operationId: expected an id that no other operation has, found "createSink"',
  ],
  [
    'openapi.yaml',
    'EndpointIdOrName: { name: endpoint_id_or_name,',
    'EndpointIdOrName: { name: endpoint_id,',
    'openapi.yaml:1001: components.parameters.EndpointIdOrName.name: expected a parameter of the path /destinations/http_endpoints/{endpoint_id_or_name}, found "endpoint_id"',
  ],
  [
    'openapi.yaml',
    '  "501": Not Implemented\n',
    '  "501": Not Implemented\n  "502": Bad Gateway\n',
    'openapi.yaml:71: paths["/sinks"].get: expected each published status in either `responses` or `x-not-applicable`, found 502 in neither',
  ],
  [
    'openapi.yaml',
    '  "501": Not Implemented\n',
    '  501: Not Implemented\n  501: Gone\n',
    'openapi.yaml:41: expected YAML, found a mistake: duplicated mapping key',
  ],
  [
    'openapi.yaml',
    '  taken: 422\n',
    '  takn: 422\n',
    /^openapi\.yaml:\d+: x-answers\.takn: expected one of the conditions no-credential, .*, slow-upstream, found takn/,
  ],
  [
    'openapi.yaml',
    '  taken: 422\n',
    '  taken: [422, 409]\n',
    /^openapi\.yaml:\d+: x-answers\.taken\[1\]: expected a published status \(400 401 .* 504\), found 409/,
  ],
  [
    'openapi.yaml',
    '  taken: 422\n',
    '  taken: []\n',
    /^openapi\.yaml:\d+: x-answers\.taken: expected at least one status, found none/,
  ],
  [
    'openapi.yaml',
    '  taken: 422\n',
    '  taken: { require: 422 }\n',
    /^openapi\.yaml:\d+: x-answers\.taken\.require: expected one of the keys required, tolerated/,
  ],
  [
    'openapi.yaml',
    '  "501": Not Implemented\n',
    '',
    'openapi.yaml:64: x-answers.unimplemented: expected a published status (400 401 403 404 422 429 500 504), found 501',
  ],
  [
    'openapi.yaml',
    '        name: { type: string, minLength: 1, x-unique: true }',
    '        name: { type: strin, minLength: 1, x-unique: true }',
    'openapi.yaml:1314: components.schemas.SinkCreate.properties.name.type: expected one of array, boolean, integer, null, number, object, string, found "strin"',
  ],
  [
    'openapi.yaml',
    '        name: { type: string, minLength: 1, x-unique: true }',
    '        name: { type: string, minLenght: 1, x-unique: true }',
    'openapi.yaml:1314: components.schemas.SinkCreate.properties.name.minLenght: expected a keyword of JSON Schema 2020-12, found minLenght',
  ],
  [
    'openapi.yaml',
    '        name: { type: string, minLength: 1, x-unique: true }',
    '        name: { type: string, minLength: 1, x-unique: yes }',
    'openapi.yaml:1314: components.schemas.SinkCreate.properties.name.x-unique: expected true or false, found "yes"',
  ],
  [
    'openapi.yaml',
    'schema: { type: string, format: uuid }',
    'schema: { type: string, format: [uuid] }',
    'openapi.yaml:1000: components.parameters.BackfillId.schema.format: expected text, found ["uuid"]',
  ],
  [
    'openapi.yaml',
    '"#/components/schemas/SinkCreate"',
    '"#/components/schemas/SinkCreat"',
    'openapi.yaml:102: paths["/sinks"].post.requestBody.content["application/json"].schema.$ref: expected a reference to something that exists, found #/components/schemas/SinkCreat',
  ],
  [
    'openapi.yaml',
    'destination: *webhook_example',
    'destination: *webhok_example',
    'openapi.yaml:441: expected YAML, found a mistake: unidentified alias "webhok_example"',
  ],
  [
    'openapi.yaml',
    '    get:\n      operationId: getSink\n',
    '    gte:\n      operationId: getSink\n',
    'openapi.yaml:383: paths["/sinks/{sink_id_or_name}"].gte: expected one of the keys summary, description, servers, parameters, get, put, post, delete, options, head, patch, trace, found "gte"',
  ],
  [
    '404.json',
    '"type": "object",',
    '"type": "objct",',
    '404.json:6: type: expected one of array, boolean, integer, null, number, object, string, found "objct"',
  ],
  [
    '404.json',
    '"required": ["summary"],',
    '"requird": ["summary"],',
    '404.json:7: requird: expected a keyword of JSON Schema 2020-12, found requird',
  ],
  [
    '404.json',
    '"minLength": 1,',
    '"minLength": "1",',
    '404.json:11: properties.summary.minLength: expected a whole number, found "1"',
  ],
  [
    '404.json',
    '"minLength": 1,',
    '"minLength": 1, "format": "line",',
    '404.json:11: properties.summary.format: expected a format that is known, found "line"',
  ],
  [
    '404.json',
    '"pattern": "\\\\S"',
    '"pattern": "(\\\\S"',
    '404.json:12: properties.summary.pattern: expected a regular expression, found (\\S',
  ],
  [
    '404.json',
    '"type": "object",',
    '"type": "object", "type": "object",',
    '404.json:6: expected JSON, found a mistake: duplicated mapping key',
  ],
  [
    '404.json',
    '"required": ["summary"],',
    '"required": "summary",',
    '404.json:7: required: expected a list, found "summary"',
  ],
  [
    '422.json',
    '"x-field-errors": true',
    '"x-field-error": true',
    '422.json:15: properties.validation_errors.x-field-error: expected a keyword of JSON Schema 2020-12, found x-field-error',
  ],
  [
    '422.json',
    '"x-field-errors": true',
    '"x-field-errors": "true"',
    '422.json:15: properties.validation_errors.x-field-errors: expected true or false, found "true"',
  ],
  [
    '404.json',
    '"minLength": 1,',
    '"if": true,',
    /^openapi\.yaml:1017: .*schema: expected a schema that bodies can be judged by, found strict mode: "if" without/,
  ],
  [
    'openapi.yaml',
    '        name: { type: string, minLength: 1, x-unique: true }',
    "        name: { patternProperties: { '(': true } }",
    'openapi.yaml:1314: components.schemas.SinkCreate.properties.name.patternProperties["("]: expected a regular expression, found (',
  ],
])('%s with %j as %j', (file, from, to, sentence) => {
  const directory = copyContract();
  edit(join(directory, file), from, to);
  expect(refusal(directory)).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
});

test.each(['openapi.yaml'])('without %s', (file) => {
  const directory = copyContract();
  rmSync(join(directory, file));
  expect(refusal(directory)).toBe(`${file}: expected a readable file, found none`);
});

test('without 404.json', () => {
  const directory = copyContract();
  rmSync(join(directory, '404.json'));
  expect(refusal(directory)).toBe(
    'openapi.yaml:1017: components.responses.NotFound.content["application/json"].schema.$ref: expected a reference to something that exists, found ./404.json',
  );
});

test('a clause that is there twice', () => {
  const directory = copyContract();
  const file = join(directory, 'clauses.yaml');
  const [, first = ''] =
    /^clauses:\n((?: .*\n)*?)(?= {2}- id: error-body-json)/m.exec(readFileSync(file, 'utf8')) ?? [];
  appendFileSync(file, first);
  expect(refusal(directory)).toMatch(
    /^clauses\.yaml:\d+: clauses\[24\]\.id: expected an id that no other clause has, found "error-status-documented"$/,
  );
});

test('clauses.yaml may be left out, and is read where it is there', () => {
  const directory = copyContract();
  const file = join(directory, 'clauses.yaml');
  rmSync(file);
  expect(refusal(directory)).toBe('no error');
  mkdirSync(file);
  expect(refusal(directory)).toBe('clauses.yaml: expected a file of clauses, found EISDIR');
});
