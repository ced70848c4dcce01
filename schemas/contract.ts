/**
 * The shape of the contract as data: what `schemas/` holds once it is read.
 * Everything here is plain data, so that a plan or a report can be made from it anywhere.
 */

import type { Condition } from './conditions.ts';
import type { Security } from './security.ts';

/** How binding a clause is (RFC 2119 words): MUST fails, SHOULD warns, MAY notes. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** Which set a clause belongs to: the published contract, the HTTP standards, or good hygiene. */
export type ClauseSet = 'contract' | 'http' | 'hygiene';

/** One requirement, quoted from its source. */
export type Clause = {
  /** Kebab-case; never changes once published. */
  id: string;
  set: ClauseSet;
  level: Level;
  title: string;
  /** The source's own words. */
  quote: string;
  source: { title: string; url?: string; section?: string };
  /** Why no check covers it; absent when one does. */
  excluded?: string;
};

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A JSON Schema object (draft 2020-12) with every `$ref` already replaced by what it names; one that holds itself is a circle of objects. */
export type JsonSchema = { [keyword: string]: unknown };

/** Where a parameter travels. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** One parameter of an operation; `example` is a value that the document gives for it. */
export type Parameter = {
  name: string;
  in: ParameterPlace;
  required: boolean;
  schema: JsonSchema;
  example?: Json;
};

/**
 * The request body of an operation: `examples` are valid bodies by name, one for each documented variant; `mediaType` is
 * application/json unless told.
 */
export type RequestBody = {
  required: boolean;
  schema: JsonSchema;
  examples: Record<string, Json>;
  mediaType?: string;
};

/**
 * An OpenAPI link (OpenAPI 3.1 §4.8.20): how a success answer of one operation names the path parameters of another.
 * Values are runtime expressions such as `$response.body#/id` or `$request.path.sink_id_or_name`.
 */
export type Link = { operationId: string; parameters: Record<string, string> };

/** What a contract says itself of how a condition is answered (`x-answers`): any that is required is right, one that is tolerated breaks no MUST. */
export type Rule = { required: number[]; tolerated: number[] };

/** One API operation. */
export type Operation = {
  /** The OpenAPI `operationId`. */
  id: string;
  method: string;
  /** Path template relative to the base URL, such as `/sinks/{sink_id_or_name}`. */
  path: string;
  /** The resource group it belongs to, such as `sinks`. */
  tag: string;
  summary: string;
  parameters: Parameter[];
  /** Where it is served, if not below the base URL: at another path of that host, in place of how the base URL ends, or elsewhere. */
  server?: { from: string; to: string } | { elsewhere: string };
  /** Ways to be let in; a bearer token where it is absent. */
  security?: Security;
  body?: RequestBody;
  /** Media types of a body that it takes and this suite does not write: none of them is JSON. */
  foreignBody?: string[];
  /** Documented 2xx statuses. */
  successes: number[];
  /** Documented error statuses, ascending. */
  errors: number[];
  /**
   * The documented bodies of errors: by status, range (`4XX`) or `default`, then by media type, which may be a range of them. No media
   * type where nothing is said of the body.
   */
  errorBodies: Record<string, Record<string, JsonSchema>>;
  /** Why an error status cannot occur here; has exactly the published statuses that `errors` lacks. */
  notApplicable: Record<string, string>;
  /** What it says itself of how conditions are answered. */
  answers?: Partial<Record<Condition, Rule>>;
  /** Links of the success answer. */
  links: Link[];
  /** Id of the operation whose objects make this one fail validation while they use its own; absent when none do. */
  refusedWhileUsedBy?: string;
  /** Succeeds only on an object that works in the outside world, which no request can make: the target profile has to name one. */
  needsLiveObject?: boolean;
};

/** The whole contract. */
export type Contract = {
  title: string;
  version: string;
  /** Base URLs at which its vendor serves it; a host may begin with a variable (`https://{region}.example.com`). */
  servers: string[];
  /** The published error statuses, ascending. */
  statuses: number[];
  /** What it says of how conditions are answered, on all operations that do not say otherwise. */
  answers?: Partial<Record<Condition, Rule>>;
  /** Published name of each status, such as `Not Found`. */
  statusNames: Record<string, string>;
  /** Its own, as they are written, then those that nobody wrote, then those of http and hygiene, which hold for every contract. */
  clauses: Clause[];
  operations: Operation[];
};
