import { describe, expect, test } from 'vitest';
import { lookUpDocumented } from '../../judge/documented.ts';
import type { Contract, JsonSchema, Operation } from '../../schemas/contract.ts';
import { CONTRACT } from './sample-law.ts';

const A: JsonSchema = { type: 'object', properties: { a: {} } };
const B: JsonSchema = { type: 'object', properties: { b: {} } };

/** A contract with operations of these documented bodies, named by their place: `0`, `1`. */
function documenting(
  ...bodies: Operation['errorBodies'][]
): (status: number, contentType?: string, id?: string) => unknown {
  const [first] = CONTRACT.operations;
  const operations = bodies.map((errorBodies, index) => ({ ...(first as Operation), id: String(index), errorBodies }));
  const documentedFor = lookUpDocumented({ ...CONTRACT, operations } satisfies Contract);
  return (status, contentType, operation = '0') =>
    documentedFor({ operation, status, ...(contentType !== undefined && { contentType }) });
}

const json = (schema: JsonSchema) => ({ 'application/json': schema });

describe('what is documented of an answer', () => {
  test('is told by the operation, a status before its range before the default', () => {
    const of = documenting({ 404: json(A), '4XX': json(B), default: { 'text/plain': {} } }, { 404: json(B) });
    expect(of(404)).toEqual({ isNamed: true, mediaTypes: ['application/json'], schema: A });
    expect(of(410)).toEqual({ isNamed: true, mediaTypes: ['application/json'], schema: B });
    expect(of(500)).toEqual({ isNamed: true, mediaTypes: ['text/plain'] });
    expect(of(404, undefined, '1')).toMatchObject({ schema: B });
  });

  test('is what all others have in common where the operation, or an unknown one, says nothing', () => {
    const same = documenting({ 404: json(A) }, {}, { 404: json({ ...A }) });
    expect(same(404, undefined, '1')).toEqual({ mediaTypes: ['application/json'], schema: A });
    expect(same(404, undefined, 'recorded')).toEqual({ mediaTypes: ['application/json'], schema: A });
    expect(same(500, undefined, 'recorded')).toEqual({});
    const other = documenting({ 404: json(A) }, {}, { 404: json(B) }, { 404: { 'text/plain': {} } });
    expect(other(404, undefined, '1')).toEqual({});
  });

  test('is nothing of the content where a response names none', () => {
    expect(documenting({ 404: {} })(404)).toEqual({ isNamed: true, mediaTypes: [] });
  });

  test('has the schema of the media type that came, the most exact before a range', () => {
    const of = documenting({ 404: { 'Application/Problem+JSON; charset=utf-8': A, 'application/*': B, '*/*': {} } });
    const schemaOf = (type: string) => (of(404, type) as { schema?: JsonSchema }).schema;
    expect(schemaOf('application/problem+json')).toBe(A);
    expect(schemaOf(' APPLICATION/PROBLEM+JSON ;charset=x')).toBe(A);
    expect(schemaOf('application/json')).toBe(B);
    expect(schemaOf('text/json')).toBeUndefined();
  });

  test('has the schema of JSON under an undocumented type, if there is one only', () => {
    const schemaOf = (bodies: Record<string, JsonSchema>, type?: string) =>
      (documenting({ 404: bodies })(404, type) as { schema?: JsonSchema }).schema;
    expect(schemaOf({ 'application/json': A, 'text/html': { type: 'string' } }, 'text/plain')).toBe(A);
    expect(schemaOf({ 'application/json': A, 'text/html': { type: 'string' } })).toBe(A);
    expect(schemaOf({ 'application/json': A, 'application/problem+json': { ...A } })).toBe(A);
    expect(schemaOf({ 'application/json': A, 'application/problem+json': B })).toBeUndefined();
    expect(schemaOf({ 'text/html': { type: 'string' } })).toBeUndefined();
  });

  test('of schemas that hold themselves is compared, too', () => {
    const make = () => {
      const node: JsonSchema = { properties: {} };
      node.properties = { next: node };
      return node;
    };
    expect(documenting({ 404: json(make()) }, { 404: json(make()) })(404, undefined, 'x')).toHaveProperty('schema');
  });
});
