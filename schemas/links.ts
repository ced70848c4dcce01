import type { Link, Operation } from './contract.ts';

/** What a runtime expression (OpenAPI 3.1 §4.8.20.4) names: a place in the answer, or a path parameter of the request. */
export type Expression = { pointer: string } | { param: string };

/** The forms that are read, as they are told. */
export const EXPRESSION_FORMS = '$response.body#/… or $request.path.…';

/** Reads a runtime expression; undefined when it is of a form that this suite does not read. */
export function readExpression(expression: string): Expression | undefined {
  const param = /^\$request\.path\.(.+)$/.exec(expression)?.[1];
  if (param !== undefined) return { param };
  const pointer = /^\$response\.body#((?:\/.*)?)$/.exec(expression)?.[1];
  return pointer === undefined ? undefined : { pointer };
}

/** The path parameter that names what an operation creates; undefined when it creates nothing that a link leads to. */
export function createdParam({ method, links }: Pick<Operation, 'method' | 'links'>): string | undefined {
  if (method !== 'POST') return undefined;
  return links.flatMap(ownParams)[0];
}

function ownParams({ parameters }: Link): string[] {
  return Object.keys(parameters).filter((name) => parameters[name]?.startsWith('$response.body'));
}
