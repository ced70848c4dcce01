import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { partAt, wholeOf } from '../../schemas/part.ts';
import { readAllServers, readServer } from '../../schemas/servers.ts';

function read(text: string) {
  const document = wholeOf({ name: 'openapi.yaml', value: load(text), lines: () => [1, 1] });
  const item = partAt(document, 'paths', '/a');
  return { all: readAllServers(document), own: readServer(document, item, partAt(item, 'get')).server };
}

const paths = (item: string, operation = '') => `paths: {/a: {${item} get: {${operation}}}}`;

describe('where an operation is served', () => {
  test.each([
    ['', '', undefined],
    ["servers: [{url: 'https://api.example.com/v2'}],", '', { from: '/v1', to: '/v2' }],
    ['servers: [{url: /v2/}],', '', { from: '/v1', to: '/v2' }],
    ["servers: [{url: 'https://api.example.com/v1/'}],", '', undefined],
    ['servers: [{url: /v2}],', "servers: [{url: 'https://api.example.com'}]", { from: '/v1', to: '' }],
    ["servers: [{url: 'https://files.example.com/v1'}],", '', { elsewhere: 'https://files.example.com/v1' }],
    ["servers: [{url: '/{version}', variables: {version: {default: v3}}}],", '', { from: '/v1', to: '/v3' }],
  ])('%s %s', (item, operation, server) => {
    expect(read(`servers: [{url: 'https://api.example.com/v1'}]\n${paths(item, operation)}`).own).toEqual(server);
  });

  test('is below the base URL where a document names no server', () => {
    expect(read(paths('')).own).toBeUndefined();
    expect(read(paths('servers: [{url: /v2}],')).own).toEqual({ from: '', to: '/v2' });
  });
});

test('every host that a document names is known, whatever it is for', () => {
  const { all } = read(`
servers: [{url: 'https://{region}.example.com/{v}', variables: {v: {default: v1}}}, {url: /v1}]
${paths("servers: [{url: 'https://files.example.com'}],", "servers: [{url: 'https://up.example.com/x'}]")}`);
  expect(all).toEqual(['https://{region}.example.com/v1', 'https://files.example.com', 'https://up.example.com/x']);
});
