import { describe, expect, test } from 'vitest';
import type { Danger } from '../../engine/case.ts';
import { DISCLOSURES, STATUSES } from './defects/behaviour.ts';
import { BODIES } from './defects/bodies.ts';
import type { Defect } from './defects/defect.ts';
import { MESSAGES } from './defects/messages.ts';
import { withProxy } from './proxy.ts';
import { brokenChecks, expectSoundReport, runSuite, withReference } from './support.ts';

const QUICK: Danger[] = ['read', 'fault'];
const RATE_LIMIT = { capacity: 200, perSecond: 50 };

/** Runs a defect before a reference of its own and asserts that it is found where it is, and nothing else. */
async function expectFound({ expect: checks, cells, rules, allow = QUICK, timeoutMs = 10_000 }: Defect): Promise<void> {
  const options = allow.includes('load') ? { rateLimit: RATE_LIMIT } : {};
  const report = await withReference(options, (reference) =>
    withProxy(reference, rules(reference), (proxy) => runSuite(proxy, { tags: ['http_endpoints'], allow, timeoutMs })),
  );
  expectSoundReport(report);
  expect(brokenChecks(report)).toEqual(checks);
  const places = report.findings.map(({ operation, status }) => `${operation} ${status}`);
  if (cells) expect([...new Set(places)].sort()).toEqual(cells);
}

for (const [about, defects] of Object.entries({
  body: BODIES,
  message: MESSAGES,
  status: STATUSES,
  secrecy: DISCLOSURES,
})) {
  describe(`a seeded defect of the ${about} is found, and by nothing but the checks that are about it`, () => {
    for (const defect of defects) test(defect.title, () => expectFound(defect));
  });
}
