/**
 * Seeded defects that do not show as new where another one was found the night before, and why: those that are `alike` do not after any
 * of their group, and those that come `after` others do not after these.
 */
type Hidden = { why: string; alike?: string[][]; after?: Record<string, string[]> };

/** Each was looked at: what the two have in common is one defect to a reader of the report, or differs in what is no part of a fingerprint. */
export const HIDDEN: Hidden[] = [
  {
    why: 'The same wrong error in place of the due one: on one way to it in the later run, on more of them in the earlier.',
    alike: [
      ['status-403-as-404', 'meaning-403-denied'],
      ['status-501-as-500', 'meaning-501-as-500'],
      ['status-504-as-500', 'meaning-504-as-500'],
      ['status-403-as-404-on-delete-http-endpoint', 'meaning-403-denied-to-delete'],
    ],
    after: {
      'status-501-as-500': ['status-501-as-503'],
      'status-504-as-500': ['status-504-as-502'],
      'status-404-as-405-on-unmatched-route': ['status-405-without-allow'],
      'header-allow-missing': ['status-405-without-allow'],
      'meaning-400-body-invalid': ['status-400-as-422'],
      'meaning-400-path-encoding': ['status-400-as-404'],
      'meaning-400-path-utf8': ['status-400-as-404'],
      'meaning-400-path-percent': ['status-400-as-404'],
      'meaning-401-any-token': ['status-401-as-404'],
      'meaning-existence-by-status': ['meaning-401-read-open'],
      'meaning-422-type-fails': ['status-422-as-500'],
      'meaning-501-as-500': ['status-501-as-503'],
      'meaning-504-as-500': ['status-504-as-502'],
    },
  },
  {
    why: 'A success in place of the due error: which field, id or credential the later defect overlooks is a matter of the case, and the earlier run had a success for the same provocation already.',
    alike: [
      ['status-403-body-with-200', 'meaning-403-shown', 'meaning-403-head'],
      ['place-head-as-200', 'meaning-404-head'],
      ['meaning-404-deleted-stays', 'meaning-404-deleted-unlisted'],
      ['meaning-422-null', 'meaning-422-type'],
      [
        'meaning-422-empty',
        'meaning-422-unknown-value',
        'meaning-422-too-large',
        'meaning-422-too-small',
        'meaning-422-too-many',
        'meaning-422-nested',
      ],
    ],
    after: {
      'place-head-as-200': ['status-404-body-with-200'],
      'meaning-404-method': ['meaning-404-below-object'],
      'meaning-401-head-open': ['meaning-401-read-open'],
      'meaning-401-empty-bearer': ['meaning-401-read-open'],
      'meaning-401-first-of-two': ['meaning-401-same-beginning'],
      'meaning-404-deleted-cached': [
        'status-404-body-with-200',
        'meaning-404-deleted-stays',
        'meaning-404-deleted-unlisted',
      ],
      'meaning-404-deleted-stays': ['status-404-body-with-200'],
      'meaning-404-deleted-unlisted': ['status-404-body-with-200'],
      'meaning-404-head': ['status-404-body-with-200'],
      'meaning-404-other-type': ['meaning-404-unknown-child'],
      'meaning-422-null': ['status-422-body-with-200'],
      'meaning-422-type': ['status-422-body-with-200'],
      'meaning-422-taken': ['status-422-body-with-200'],
    },
  },
  {
    why: 'The summary is missing, or is no text that says something: the place tells that, and not what stands there instead. The later defect shows for a part of what the earlier one shows for.',
    alike: [
      ['body-summary-capitalised', 'body-framework'],
      ['body-summary-number', 'body-empty-object'],
      ['body-framework-on-crashes', 'body-problem'],
      ['body-message-for-summary', 'body-wrapped'],
    ],
    after: {
      'body-summary-missing': ['body-summary-capitalised', 'body-framework'],
      'body-summary-number': ['body-success-false'],
      'body-summary-empty': ['body-framework-on-crashes', 'body-problem'],
      'body-summary-blank': ['body-message-for-summary', 'body-wrapped'],
      'body-empty-object': ['body-success-false'],
      'body-framework-on-routes': ['body-summary-capitalised', 'body-framework'],
      'place-operation-list-endpoints': ['body-summary-array'],
      'place-wrong-scheme': ['body-summary-null'],
      'place-empty-bearer': ['body-summary-null'],
      'place-token-in-query': ['body-summary-null'],
      'place-encoding': ['body-summary-number', 'body-empty-object', 'body-success-false'],
      'place-name': ['body-summary-missing', 'body-summary-capitalised', 'body-framework'],
      'place-type-of-body': ['body-summary-number', 'body-empty-object', 'body-success-false'],
      'place-no-type-of-body': ['body-summary-number', 'body-empty-object', 'body-success-false'],
      'place-method-delete': ['body-summary-missing', 'body-summary-capitalised', 'body-framework'],
      'place-no-accept': ['body-summary-missing', 'body-summary-capitalised', 'body-framework'],
      'place-method-get': ['body-summary-blank', 'body-message-for-summary', 'body-wrapped'],
      'place-without-body': ['body-summary-empty', 'body-framework-on-crashes', 'body-problem'],
    },
  },
  {
    why: 'The same part of validation_errors is not as published, or does not name the field: what stands there instead is no part of the place.',
    alike: [
      ['body-errors-missing', 'body-errors-null', 'body-errors-array', 'body-errors-string'],
      ['body-errors-bare', 'body-errors-empty', 'body-errors-nested'],
      [
        'body-errors-empty-text',
        'body-errors-blank-text',
        'body-errors-number',
        'body-errors-null-reason',
        'body-errors-object-reason',
      ],
      ['body-errors-unnamed', 'body-errors-none', 'body-errors-misnamed'],
    ],
    after: {
      'body-errors-missing': ['body-errors-named-errors'],
      'body-errors-null': ['body-errors-named-errors'],
      'body-errors-array': ['body-errors-named-errors'],
      'body-errors-string': ['body-errors-named-errors'],
    },
  },
  {
    why: 'The body is no JSON; for which reason is said in the message only.',
    after: {
      'body-plain-text': ['body-html-labelled-json'],
      'body-truncated': ['body-html', 'header-coding-unknown', 'header-length-too-long'],
      'body-two-values': ['header-coding-not-applied', 'header-length-cut', 'leak-debug-page'],
      'body-trailing-comma': ['header-coding-cut', 'header-length-too-short'],
      'body-single-quotes': ['header-chunk-size-broken'],
      'place-no-accept-html': ['body-html'],
    },
  },
  {
    why: 'The same header field is wrong or missing; its value is no part of a fingerprint.',
    alike: [
      ['header-challenge-missing', 'header-challenge-empty', 'header-challenge-without-scheme'],
      ['header-wait-in-words', 'header-wait-in-iso'],
    ],
  },
  {
    why: 'No answer came, or none that ends: how the connection went is said in the message only.',
    alike: [['header-nothing', 'meaning-504-unanswered']],
    after: {
      'header-chunks-without-end': ['header-length-too-long'],
      'header-nothing': ['header-length-unlike'],
      'meaning-504-unanswered': ['header-length-unlike'],
    },
  },
  {
    why: 'The same sort of secret or internal text in the same place; whose it is is said in the message only.',
    alike: [
      ['leak-trace-javascript', 'leak-trace-python', 'leak-trace-jvm', 'leak-trace-elixir'],
      ['leak-path-unix', 'leak-path-windows'],
      ['leak-host-name', 'leak-host-address'],
      ['leak-environment', 'leak-private-key'],
    ],
  },
  {
    why: 'The second answer differs from the first; in what is said in the message only.',
    after: {
      'place-second-time': ['place-never-the-same'],
    },
  },
  {
    why: 'The limit is met again after the announced wait; for how long does not show.',
    alike: [['header-wait-too-short', 'meaning-429-lasts']],
  },
  {
    why: 'One undocumented field, and not which: a server that names fields would make a hundred of one defect.',
    after: {
      'body-extra-field-404': ['body-summary-capitalised', 'body-framework'],
    },
  },
];

/**
 * Ordered pairs of seeded defects (`one after other`) of which the later has no fingerprint that the earlier one lacks.
 */
export const HIDDEN_PAIRS: ReadonlySet<string> = new Set(
  HIDDEN.flatMap(({ alike = [], after = {} }) => [
    ...alike.flatMap((group) =>
      group.flatMap((one) =>
        pair(
          one,
          group.filter((other) => other !== one),
        ),
      ),
    ),
    ...Object.entries(after).flatMap(([one, others]) => pair(one, others)),
  ]),
);

function pair(one: string, others: readonly string[]): string[] {
  return others.map((other) => `${one} after ${other}`);
}

/** Seeded defects whose findings differ from run to run, so that nothing can be said of their pairs. */
export const FICKLE: readonly string[] = ['place-one-in-five'];
