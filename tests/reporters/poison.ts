import { HOSTILE } from './sample-contract.ts';

/** What a report takes from its own words, not from anybody else. */
const FIXED = ['outcome', 'verdict', 'level', 'set', 'provenance', 'counts', 'kind', 'where', 'framing'];

/** Every text of the report that is free, with everything hostile behind it. */
export const poison = <T>(value: T, key = ''): T => {
  if (Array.isArray(value)) return value.map((item) => poison(item, key)) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, poison(child, name)])) as T;
  }
  return typeof value === 'string' && !FIXED.includes(key)
    ? (`${value}${Object.values(HOSTILE).join('')}` as T)
    : value;
};
