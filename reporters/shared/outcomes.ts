import type { Provenance } from '../../model/provenance.ts';
import type { StatusOutcome, Verdict } from '../../report/report.ts';

/** One sign for each outcome, so that colour is never the only difference. */
export const OUTCOME_SYMBOL: Readonly<Record<StatusOutcome, string>> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  untestable: '?',
  'not-applicable': '–',
  error: '⊘',
  incomplete: '◐',
};

/** What a person reads for each outcome; short enough for a matrix cell. */
export const OUTCOME_WORD: Readonly<Record<StatusOutcome, string>> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  untestable: 'untested',
  'not-applicable': 'n/a',
  error: 'error',
  incomplete: 'incomplete',
};

/** What a person reads for each verdict. */
export const VERDICT_WORD: Readonly<Record<Verdict, string>> = {
  conformant: 'Conformant',
  'non-conformant': 'Non-conformant',
  incomplete: 'Incomplete',
  error: 'Error',
};

/** The outcome whose sign and colour a verdict takes. */
export const VERDICT_OUTCOME: Readonly<Record<Verdict, StatusOutcome>> = {
  conformant: 'pass',
  'non-conformant': 'fail',
  incomplete: 'incomplete',
  error: 'error',
};

/** What a person reads for each provenance. */
export const PROVENANCE_WORD: Readonly<Record<Provenance, string>> = {
  organic: 'organic: the API itself',
  simulated: 'simulated: a mock or test switch',
  gateway: 'gateway: a proxy in front',
  recorded: 'recorded',
};
