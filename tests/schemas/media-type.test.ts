import { expect, test } from 'vitest';
import { fittingTypes, isJsonType, takesJson } from '../../schemas/media-type.ts';

test.each<[string, string[], string[]]>([
  [
    'application/json',
    ['*/*', 'application/*', 'Application/JSON; charset=utf-8'],
    ['Application/JSON; charset=utf-8', 'application/*', '*/*'],
  ],
  ['APPLICATION/json;charset=utf-8', ['application/json', 'text/*'], ['application/json']],
  ['application/problem+json', ['application/json', 'application/*+json'], []],
  ['json', ['*/*'], []],
  ['', ['*/*'], []],
])('%j fits of %j', (type, documented, fitting) => {
  expect(fittingTypes(documented, type)).toEqual(fitting);
});

test.each<[string, boolean, boolean]>([
  ['application/json', true, true],
  ['Application/Problem+JSON; charset=utf-8', true, true],
  ['application/*', false, true],
  ['*/*', false, true],
  ['text/*', false, false],
  ['text/json', false, false],
  ['application/jsonx', false, false],
])('%s is JSON: %s, takes JSON in: %s', (type, isJson, takes) => {
  expect([isJsonType(type), takesJson(type)]).toEqual([isJson, takes]);
});
