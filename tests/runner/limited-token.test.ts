import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { Alteration } from '../../reference/alteration.ts';
import { ApiError } from '../../reference/errors.ts';
import { isFor } from '../../reference/mutants/meaning/rewire.ts';
import type { Report } from '../../report/report.ts';
import { runSuite } from '../../selfcheck/run-suite.ts';
import { withReference } from './support.ts';

const LIMITED = 'limited-5c1f9e2b7d';
const MAY_NOT = ['getHttpEndpoint', 'updateHttpEndpoint', 'deleteHttpEndpoint'];

/** A reference that knows a token which may not do everything. */
function limits(isRefused: (operation: string) => boolean, token = LIMITED): Alteration {
  const isLimited = (authorization: string | undefined) => authorization === `Bearer ${token}`;
  const admit = (request: IncomingMessage) => {
    if (MAY_NOT.some((operation) => isRefused(operation) && isFor(operation, request))) throw new ApiError(403);
    return 'ordinary' as const;
  };
  return {
    parts: ({ authenticate }) => ({
      authenticate: (request: IncomingMessage) =>
        isLimited(request.headers.authorization) ? admit(request) : authenticate(request),
    }),
  };
}

function run(alteration: Alteration, limited: string[] = MAY_NOT): Promise<Report> {
  return withReference({ alteration }, (reference) =>
    runSuite(
      { ...reference, limitedToken: LIMITED },
      {
        tags: ['http_endpoints'],
        allow: ['read', 'reject', 'write'],
        profile: { ...loadTarget('reference'), restricted: [], limited },
      },
    ),
  );
}

const cases = ({ cells }: Report) =>
  cells
    .flatMap((cell) => cell.cases.map((each) => ({ ...each, cell: `${cell.operation} ${cell.status}` })))
    .filter(({ provocation }) => provocation === 'missing-permission')
    .map(({ cell, outcome }) => `${cell} ${outcome}`);

describe('a token that may not do everything', () => {
  test('is refused what the profile says, and nothing is wrong then', async () => {
    const report = await run(limits((operation) => MAY_NOT.includes(operation)));
    expect(report.findings).toEqual([]);
    expect(cases(report)).toEqual(MAY_NOT.map((id) => `${id} 403 pass`));
  });

  test('is found where it may do it all the same', async () => {
    const report = await run(limits((operation) => operation === 'getHttpEndpoint'));
    const broken = report.findings.filter(({ check }) => check === 'meaning-403');
    expect([...new Set(broken.map(({ operation }) => operation))].sort()).toEqual([
      'deleteHttpEndpoint',
      'updateHttpEndpoint',
    ]);
    expect(broken.every(({ condition }) => condition === 'missing-permission')).toBe(true);
  });

  test('convicts nobody where it is not known', async () => {
    const report = await run(limits(() => true, 'another-token-3f7a'));
    expect(report.findings).toEqual([]);
    expect(cases(report)).toEqual(MAY_NOT.map((id) => `${id} 403 error`));
  });

  test('is not tried where nothing is left that it may do', async () => {
    const all = ['listHttpEndpoints', 'createHttpEndpoint', ...MAY_NOT];
    const report = await run(
      limits(() => true),
      all,
    );
    expect(report.findings).toEqual([]);
    const reasons = report.cells.filter(({ status }) => status === 403).map(({ reason }) => reason);
    expect(reasons.join()).toContain('nothing that the limited token may use shows that it is known');
  });
});
