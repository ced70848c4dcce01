import type { CellRecord, Counts, Evidence, Finding, Outcome } from '../../judge/finding.ts';
import { classOf } from '../../judge/fingerprint.ts';
import { type Night, REPORT_VERSION, type Report, type StatusRecord, type Verdict } from '../../report/report.ts';
import { makeCells } from './sample-cells.ts';
import { CLAUSES, HOSTILE, OPERATIONS, STATUS_NAMES } from './sample-contract.ts';
import { EVIDENCE } from './sample-evidence.ts';

const OUTCOMES: readonly Outcome[] = ['fail', 'error', 'warn', 'pass', 'untestable'];

const summariseStatus = (name: string, cells: readonly CellRecord[]): StatusRecord => {
  const real = cells.filter(({ outcome }) => outcome !== 'not-applicable');
  const provoked = real.filter(({ provenance }) => provenance === 'organic');
  const of = (outcome: Outcome): number => real.filter((cell) => cell.outcome === outcome).length;
  const sum = (key: keyof Counts): number => real.reduce((total, { counts }) => total + counts[key], 0);
  return {
    name,
    outcome: OUTCOMES.find((outcome) => of(outcome) > 0) ?? 'not-applicable',
    applicable: real.length,
    provoked: provoked.length,
    conforming: of('pass') + of('warn'),
    failing: of('fail'),
    untestable: of('untestable'),
    error: of('error'),
    simulated: real.filter(({ provenance }) => provenance === 'simulated').length,
    cases: {
      total: sum('total'),
      pass: sum('pass'),
      warn: sum('warn'),
      fail: sum('fail'),
      untestable: sum('untestable'),
      error: sum('error'),
    },
  };
};

type Cause = Pick<Finding, 'check' | 'clause' | 'level' | 'set' | 'pointer' | 'message' | 'provocation'> & {
  actual: number | null;
  evidence: keyof typeof EVIDENCE;
  match: (cell: CellRecord) => boolean;
};

const failing = (status: number) => (cell: CellRecord) => cell.status === status && cell.outcome === 'fail';

const CAUSES: Cause[] = [
  {
    check: 'no-extra-fields',
    clause: 'no-extra-fields',
    level: 'SHOULD',
    set: 'contract',
    pointer: '/code',
    message: 'The body has a field "code" that nobody documented.',
    provocation: 'missing-field',
    actual: 422,
    evidence: 'nested',
    match: ({ status, outcome }) => status === 422 && outcome !== 'not-applicable',
  },
  {
    check: 'body-matches-schema',
    clause: 'body-schema',
    level: 'MUST',
    set: 'contract',
    pointer: '',
    message: 'The body lacks the field "summary".',
    provocation: 'unknown-id',
    actual: 404,
    evidence: 'phoenix',
    match: failing(404),
  },
  {
    check: 'body-matches-schema',
    clause: 'body-schema',
    level: 'MUST',
    set: 'contract',
    pointer: '/validation_errors/destination',
    message: 'The value of "destination" is an object where an array of strings is due.',
    provocation: 'unknown-reference',
    actual: 422,
    evidence: 'nested',
    match: failing(422),
  },
  {
    check: 'error-body-json',
    clause: 'error-body-json',
    level: 'MUST',
    set: 'contract',
    pointer: '',
    message: `The body is no JSON: unexpected "${HOSTILE.script}" ${HOSTILE.ansi}${HOSTILE.bidi}`,
    provocation: 'malformed-json',
    actual: 400,
    evidence: 'html',
    match: failing(400),
  },
  {
    check: 'content-type',
    clause: 'content-type',
    level: 'MUST',
    set: 'http',
    pointer: '',
    message: 'The media type is text/html where application/json is due.',
    provocation: 'malformed-json',
    actual: 400,
    evidence: 'html',
    match: failing(400),
  },
  {
    check: 'body-stable',
    clause: 'body-schema',
    level: 'MUST',
    set: 'contract',
    pointer: '/items/3/name',
    message: 'Two answers to the same request differ.',
    provocation: 'empty-body',
    actual: 400,
    evidence: 'long',
    match: (cell) => cell.operation === 'createHttpEndpoint' && cell.status === 400,
  },
  {
    check: 'status-expected',
    clause: 'status-documented',
    level: 'MUST',
    set: 'contract',
    pointer: '',
    message: 'The status is 500 where 422 is due.',
    provocation: 'wrong-type',
    actual: 500,
    evidence: 'crash',
    match: (cell) => cell.operation === 'updateDatabase' && (cell.status === 422 || cell.status === 500),
  },
  {
    check: 'no-leak',
    clause: 'no-leak',
    level: 'MUST',
    set: 'hygiene',
    pointer: '/summary',
    message: 'The summary names an exception, "FunctionClauseError".',
    provocation: 'wrong-type',
    actual: 500,
    evidence: 'crash',
    match: (cell) => cell.operation === 'updateDatabase' && cell.status === 500,
  },
  {
    check: 'answer-comes',
    clause: 'unlisted-clause',
    level: 'MUST',
    set: 'http',
    pointer: '',
    message: 'What came is no HTTP response.',
    provocation: 'deleted-object',
    actual: null,
    evidence: 'reset',
    match: (cell) => cell.operation === 'deleteStream' && cell.status === 404,
  },
  {
    check: 'empty-body',
    clause: 'error-body-json',
    level: 'MAY',
    set: 'contract',
    pointer: '',
    message: 'The body is empty.',
    provocation: 'not-utf8',
    actual: 400,
    evidence: 'bytes',
    match: (cell) => cell.operation === 'createReplay' && cell.status === 400,
  },
];

const makeFindings = (cells: readonly CellRecord[], indexOf: (name: keyof typeof EVIDENCE) => number): Finding[] =>
  CAUSES.flatMap(({ match, evidence, ...cause }) =>
    cells.filter(match).map(
      (cell): Finding => ({
        ...cause,
        operation: cell.operation,
        status: cell.status,
        case: cell.cases[0]?.id ?? 'none',
        expected: cell.cases[0]?.expected ?? [],
        provenance: 'organic',
        ...(cause.check === 'body-matches-schema' && { since: '2026-11-20T02:00:00.000Z' }),
        condition: 'invalid-body',
        seen: classOf(cause.actual),
        place: cause.pointer.replace(/\d+/g, '0'),
        evidence: indexOf(evidence),
      }),
    ),
  );

const makeControls = (evidence: number): Report['controls'] => [
  ...OPERATIONS.slice(0, 12).map(({ id }) => ({
    id: `valid-${id}`,
    title: 'Succeeds as it stands',
    operation: id,
    held: true,
    expected: 'a documented success (200)',
    actual: 200,
  })),
  {
    id: 'valid-token',
    title: 'The token is good',
    operation: 'listStreams',
    held: true,
    expected: 'a documented success (200)',
    actual: 200,
  },
  {
    id: 'get-database',
    title: `The object exists ${HOSTILE.image}`,
    operation: 'getDatabase',
    held: false,
    expected: 'a documented success (200)',
    actual: 401,
    reason: `answered 401 ${HOSTILE.ansi}`,
    evidence,
  },
  {
    id: 'never/sent',
    title: 'Was not sent',
    operation: 'getReplay',
    held: false,
    expected: 'any answer but 404',
    actual: null,
    reason: 'an earlier control did not hold',
  },
];

const makeNight = (startedAt: string, verdict: Verdict, broken: number): Night => {
  const judged = broken === 0 ? 0 : 4848;
  const score = { held: judged - broken, judged };
  return {
    startedAt,
    verdict,
    scores: { contract: score, http: { held: judged, judged }, hygiene: { held: judged, judged } },
    counts: { provoked: 60, failing: 9, untestable: 104, findings: broken, waived: 3 },
  };
};

const TRAITS = { provocation: 'p', condition: 'invalid-body', place: '', findings: 2 } as const;

/** A whole run against an invented API: causes of every level, untestable and simulated cells, an error, hostile text. */
export const makeReport = (casesPerCell = 10): Report => {
  const named = Object.keys(EVIDENCE) as (keyof typeof EVIDENCE)[];
  const evidence: Evidence[] = structuredClone(Object.values(EVIDENCE));
  const cells = makeCells(casesPerCell, evidence);
  const statuses = Object.entries(STATUS_NAMES).map(([status, name]) => [
    status,
    summariseStatus(
      name,
      cells.filter((cell) => cell.status === Number(status)),
    ),
  ]);
  return {
    reportVersion: REPORT_VERSION,
    run: {
      id: '1f3a9c',
      startedAt: '2026-11-22T13:04:38.120Z',
      durationMs: 102_340,
      ms: evidence.map((_, index) => 12 + index),
      values: { '{{id:1}}': '7c9e6679-7425-40de-944b-e07fc1f90ae7' },
    },
    verdict: 'non-conformant',
    reasons: [
      '6 MUSTs that count are broken on 16 operations.',
      '104 of 171 applicable cells were not provoked.',
      `The target calls itself ${HOSTILE.script}${HOSTILE.ansi}.`,
    ],
    contract: { title: 'Streams Management API', version: '1.4.0' },
    target: {
      url: 'https://api.streams.example/v1',
      profile: 'staging',
      embedded: false,
      allow: ['read', 'reject', 'write', 'fault'],
      faults: 'header-switch',
      counts: ['contract', 'http'],
      preflight: { showed: 'GET /streams answered 200' },
    },
    environment: { suite: 'error-contract-conformance 0.1.0', node: '20.19.0', platform: 'linux x64' },
    exchanges: 2184,
    scores: {
      contract: { held: 4587, judged: 4848 },
      http: { held: 1628, judged: 1640 },
      hygiene: { held: 1634, judged: 1640 },
    },
    statuses: Object.fromEntries(statuses),
    operations: OPERATIONS,
    cells,
    findings: makeFindings(cells, (name) => named.indexOf(name)),
    untestable: cells.flatMap(({ operation, status, outcome, reason }) =>
      outcome === 'untestable' ? [{ operation, status, reason: reason ?? '' }] : [],
    ),
    unanswered: [
      {
        condition: 'taken',
        means: 'what is to be made is there already',
        operations: ['createStream', 'createDatabase'],
      },
    ],
    controls: makeControls(named.indexOf('control')),
    changes: {
      since: '2026-11-21T02:00:00.000Z',
      verdict: 'incomplete',
      new: [
        {
          check: 'fields-400',
          operation: 'getStream',
          status: 400,
          level: 'MUST',
          set: 'contract',
          counted: true,
          ...TRAITS,
          seen: '400',
          gravity: 'body',
        },
      ],
      firstSeen: [],
      fixed: [
        {
          check: 'no-html',
          operation: 'getStream',
          status: 404,
          level: 'SHOULD',
          set: 'hygiene',
          counted: false,
          ...TRAITS,
          seen: '404',
          gravity: 'wording',
        },
      ],
      still: [
        {
          check: 'fields-422',
          operation: 'createStream',
          status: 422,
          level: 'MUST',
          set: 'contract',
          counted: true,
          ...TRAITS,
          seen: '422',
          gravity: 'body',
        },
      ],
      lost: [{ operation: 'getStream', status: 429, reason: 'needs the danger class "load", which is not allowed' }],
    },
    waivers: [
      {
        check: 'fields-400',
        operation: ['getStream', 'listStreams'],
        status: [400],
        pointer: '/items/*/name',
        reason: `The gateway answers ${HOSTILE.script}`,
        owner: `ann ${HOSTILE.ansi}`,
        issue: 'https://issues.example.com/API-7',
        expires: '2026-12-01',
        intermittent: true,
        soon: true,
        file: 'waivers.yaml',
        lines: [3, 12],
        state: 'silent',
        findings: 0,
        cells: [],
      },
      {
        check: 'no-html',
        reason: 'A page of the proxy.',
        owner: 'bob',
        issue: 'API-8',
        expires: '2026-11-01',
        file: 'waivers.yaml',
        lines: [13, 17],
        state: 'expired',
        findings: 1,
        cells: [{ operation: 'getStream', status: 404 }],
        problem: 'waivers.yaml:13: the waiver of "no-html" expired on 2026-11-01; delete lines 13 to 17',
      },
    ],
    history: {
      nights: [
        makeNight('2026-11-19T02:00:00.000Z', 'error', 0),
        makeNight('2026-11-20T02:00:00.000Z', 'incomplete', 12),
        makeNight('2026-11-21T02:00:00.000Z', 'non-conformant', 261),
      ],
      others: 2,
      skipped: 1,
    },
    retries: {
      limits: 3,
      connections: 1,
      examples: [
        { operation: 'getStream', status: 404, case: 'random-id', why: 'limit', evidence: named.indexOf('control') },
      ],
    },
    clauses: CLAUSES,
    evidence,
    errors: [`DELETE /streams/ecc-1f3a: read ECONNRESET\n    at TCP.onStreamRead ${HOSTILE.script}${HOSTILE.ansi}`],
  };
};
