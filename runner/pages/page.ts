import type { Json, Operation } from '../../schemas/contract.ts';
import type { Query } from './query.ts';

/** One page of a list as it came. */
export type Page = {
  list: Operation;
  query: Query;
  /** Absolute URL that it was asked for at. */
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Json;
  /** How many objects this page and those before it had. */
  seen: number;
  /** Id of its last object. */
  lastId?: string;
};
