/** How a condition is answered where the contract does not say otherwise. */
type Usual = {
  /** What is wrong, in a few words. */
  means: string;
  /** Groups of statuses: of the first group with a status that the operation documents, any holds. */
  answers: number[][];
  /** Documented statuses that break no MUST: some, every other 4xx, or any other. */
  tolerated?: number[] | '4xx' | 'any';
  /** Set where an API may as well serve the request: that it documents no answer is nothing to tell. */
  isOptional?: true;
};

/**
 * What can be wrong with a request or with the server, so that an error is due. Several provocations bring one about; which statuses
 * answer it the contract says (`x-answers`), and this table where it does not.
 */
export const CONDITIONS = {
  'no-credential': { means: 'nobody asks', answers: [[401]] },
  'wrong-credential': { means: 'nobody who is known asks', answers: [[401]] },
  'malformed-credential': {
    means: 'a credential that is none, or not where and how it counts: no token, another scheme, in the query, twice',
    answers: [[401, 400]],
  },
  'hidden-object': { means: 'it is there, and not for this caller', answers: [[403], [404]] },
  'missing-permission': { means: 'the caller may not do this at all', answers: [[403]], isOptional: true },
  'unknown-object': { means: 'an id or a name that leads nowhere', answers: [[404]] },
  'removed-object': { means: 'an id that did lead somewhere', answers: [[410], [404]] },
  'unknown-route': { means: 'a path that the contract does not name', answers: [[404]], tolerated: '4xx' },
  'unknown-method': {
    means: 'a method that the contract does not name there',
    answers: [[405], [404]],
    tolerated: '4xx',
  },
  'not-acceptable': { means: 'an Accept that cannot be met', answers: [[406]], tolerated: 'any', isOptional: true },
  'malformed-target': {
    means: 'a percent-encoding that is broken, or bytes that are no UTF-8',
    answers: [[400]],
    tolerated: [404, 422],
  },
  'invalid-parameter': {
    means: 'a value in path or query that is of the wrong type, or odd',
    answers: [[400], [422], [404]],
    tolerated: [400, 404, 422],
  },
  'unreadable-body': { means: 'a body that is not JSON', answers: [[400], [422]] },
  'wrong-media-type': { means: 'a content type that is wrong or absent', answers: [[415], [400]] },
  'invalid-body': { means: 'a body that can be read, and in which something is wrong', answers: [[422], [400]] },
  'unknown-reference': {
    means: 'a body that names what is not there',
    answers: [[422, 404], [400]],
  },
  taken: { means: 'what is to be made is there already', answers: [[409], [422], [400]] },
  'in-use': { means: 'what is to be removed is needed', answers: [[409], [422], [400]] },
  'failed-precondition': { means: 'an If-Match that does not hold', answers: [[412]], isOptional: true },
  'precondition-required': { means: 'an If-Match that is missing', answers: [[428]], isOptional: true },
  'too-large-body': { means: 'a body beyond all bounds', answers: [[413]], isOptional: true },
  'too-long-target': { means: 'a path or query beyond all bounds', answers: [[414]], isOptional: true },
  'too-large-header': { means: 'a header beyond all bounds', answers: [[431]], isOptional: true },
  'too-many-requests': { means: 'a burst', answers: [[429]] },
  'internal-fault': { means: 'the server breaks', answers: [[500]] },
  unimplemented: { means: 'the server cannot do it', answers: [[501]] },
  'dead-upstream': { means: 'what the server needs is not there', answers: [[502]] },
  unavailable: { means: 'the server cannot just now', answers: [[503]] },
  'slow-upstream': { means: 'what the server needs does not answer in time', answers: [[504]] },
} as const satisfies Record<string, Usual>;

/** What is wrong, by name. */
export type Condition = keyof typeof CONDITIONS;

/** Their names. */
export const CONDITION_NAMES = Object.keys(CONDITIONS) as Condition[];

/** The condition that a fault stands for which somebody was asked to put on: nothing but its status is known of it. */
export function conditionOf(status: number): Condition {
  const known = CONDITION_NAMES.find((name) => CONDITIONS[name].answers[0][0] === status);
  return known ?? 'internal-fault';
}
