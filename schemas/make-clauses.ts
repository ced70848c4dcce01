import { showPlace } from '../documents/place.ts';
import type { Clause, Contract, Level } from './contract.ts';
import { type Part, partAt } from './part.ts';
import type { Sources } from './read-contract.ts';

/** What a clause says, but for where it comes from. */
type Wording = Pick<Clause, 'id' | 'title' | 'level'>;

/** Words of a document, and where in it they stand. */
type Quotation = { quote: string; section: string };

/**
 * The clauses that a contract needs and nobody wrote, with the words by which its OpenAPI document describes the responses: every
 * contract has the same ones, two of them for each of its statuses.
 */
export function makeClauses(
  { openapi, contract }: Pick<Sources, 'openapi' | 'contract'>,
  written: readonly Clause[],
): Clause[] {
  const { title, version, statuses, statusNames } = contract;
  const docs = partAt(openapi, 'externalDocs', 'url').value;
  const url = typeof docs === 'string' && docs.startsWith('https://') ? { url: docs } : {};
  const make = (wording: Wording, { quote, section }: Quotation): Clause => ({
    ...wording,
    set: 'contract',
    quote,
    source: { title: `${title} ${version}`, ...url, section },
  });
  const quoted = (status: number | undefined) => quoteResponse(status ?? 0, openapi, contract);
  const first = quoted(statuses[0]);
  const refusal = quoted([422, 400].find((status) => statuses.includes(status)) ?? statuses[0]);
  const name = (status: number) => `${status} ${statusNames[status]}`;
  return [
    make(word('error-status-documented', 'An error has one of the published statuses'), {
      quote: statuses.map(name).join(', '),
      section: 'the responses of all operations',
    }),
    make(word('error-body-json', 'An error has a JSON body'), first),
    ...statuses.map((status) =>
      make(word(`meaning-${status}`, `${name(status)} is the answer where its meaning applies`), quoted(status)),
    ),
    ...statuses.map((status) =>
      make(word(`fields-${status}`, `A ${status} body has its canonical fields`), quoted(status)),
    ),
    make(word('canonical-fields-only', 'An error body has no field beyond the canonical ones', 'SHOULD'), first),
    make(word('validation-names-field', 'The body names the field at fault', 'SHOULD'), refusal),
    {
      ...word('error-media-type-documented', 'An error has a documented media type'),
      set: 'contract' as const,
      quote: 'The key is a media type or media type range and the value describes it.',
      source: {
        title: 'OpenAPI Specification 3.1.0',
        url: 'https://spec.openapis.org/oas/v3.1.0#response-object',
        section: '4.8.17',
      },
    },
    make(
      word('answer-preferred', 'An answer is the one that is asked for, and not one that is only tolerated', 'SHOULD'),
      {
        quote: statuses.map(name).join(', '),
        section: 'the responses of all operations',
      },
    ),
  ].filter(({ id }) => !written.some((each) => each.id === id));
}

function word(id: string, title: string, level: Level = 'MUST'): Wording {
  return { id, level, title };
}

/** How the document describes a status, where it does so first; the name of the status where it never does. */
function quoteResponse(
  status: number,
  openapi: Part,
  { operations, statusNames }: Pick<Contract, 'operations' | 'statusNames'>,
): Quotation {
  for (const { path, method } of operations) {
    const part = partAt(openapi, 'paths', path, method.toLowerCase(), 'responses', String(status), 'description');
    if (typeof part.value !== 'string' || part.value.trim() === '') continue;
    return { quote: part.value.trim(), section: showPlace(part.source(part.place).place) };
  }
  return { quote: statusNames[status] ?? '', section: 'x-status-names' };
}
