import { expect, test } from 'vitest';
import { createRedaction } from '../../exchange/redact.ts';
import type { CellOutcome } from '../../judge/cell-outcome.ts';
import { judgeCell } from '../../judge/judge-cell.ts';
import { createSeal } from '../../runner/seal.ts';
import { sampleExchange } from '../judge/sample-exchange.ts';
import { LAW, sampleCase } from '../judge/sample-law.ts';

const TOKEN = 'x9F2kLm7QpZ4tRw8';
const SESSION = 'a1b2c3d4e5f6a7b8';
const seal = createSeal(createRedaction({ token: TOKEN, secretPassword: 'password' }));

/** A judged cell of which everything that a server chooses holds a secret. */
function makeOutcome(): CellOutcome {
  const exchange = sampleExchange(404, {
    request: { target: `/sinks/${TOKEN}`, body: { text: `{"name":"${TOKEN}"}` } },
    body: { [`field ${TOKEN}`]: SESSION, summary: `${TOKEN} in \u0065 ${SESSION}` },
    headers: { 'X-Echo': TOKEN, 'Set-Cookie': `sid=${SESSION}; Path=/` },
    response: { bytesAfter: `behind ${TOKEN}` },
  });
  const escaped = sampleExchange(404, {
    body: { raw: JSON.stringify({ summary: spell(TOKEN) }).replaceAll('\\\\', '\\') },
  });
  const sent = sampleCase({ id: 'invalid-field:password:missing', expected: [400] });
  const answers = [
    { case: sent, exchanges: [{ exchange }, { exchange: escaped, earlier: [sampleExchange(429, { body: TOKEN })] }] },
  ];
  const judged = judgeCell('getSink', 400, answers, LAW, `because of ${TOKEN}`);
  const record = {
    id: 'c',
    title: 'a control',
    operation: 'getSink',
    held: false,
    expected: 'x',
    actual: 500,
    reason: TOKEN,
  };
  return { ...judged, controls: [{ record, evidence: { exchange, curl: `curl ${TOKEN}` }, retries: [] }] };
}

function spell(text: string): string {
  return [...text].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

test('nothing that leaves holds a secret, however it is written', () => {
  const outcome = makeOutcome();
  expect(outcome.findings.length).toBeGreaterThan(3);
  const sealed = JSON.stringify(seal.outcome(outcome));
  expect(sealed).not.toContain(TOKEN);
  expect(sealed).not.toContain(SESSION);
  expect(sealed).not.toContain(spell(TOKEN).slice(0, 40));
  expect(JSON.parse(JSON.stringify(JSON.parse(sealed)))).toMatchObject({ record: { operation: 'getSink' } });
});

test('what a control says of its answer holds no half of a secret, and no session that the answer sets', () => {
  const outcome = makeOutcome();
  const reason = `got 409, and says: ${SESSION} and ${TOKEN.slice(0, 10)}…`;
  const [control] = outcome.controls;
  if (!control) return expect.fail('there is no control');
  const blocked = outcome.record.cases.map((each) => ({ ...each, reason: `a control: ${reason}` }));
  const sealed = seal.outcome({
    ...outcome,
    record: { ...outcome.record, cases: blocked },
    controls: [{ ...control, record: { ...control.record, reason } }],
  });
  for (const said of [...sealed.record.cases, ...sealed.controls.map(({ record }) => record)]) {
    expect(said.reason).toMatch(/got 409, and says: «redacted/);
    expect(said.reason).not.toContain(SESSION);
    expect(said.reason).not.toContain(TOKEN.slice(0, 10));
    expect(said.reason?.endsWith('…')).toBe(true);
  }
});

test('what it was made of stays as it came', () => {
  const outcome = makeOutcome();
  const before = JSON.stringify(outcome);
  seal.outcome(outcome);
  expect(JSON.stringify(outcome)).toBe(before);
  expect(before).toContain(TOKEN);
});

test('the names that findings go by stay, also where a secret is a word of them', () => {
  const outcome = makeOutcome();
  const ids = ({ record, findings }: CellOutcome) => [
    record.cases.map(({ id, provocation }) => [id, provocation]),
    findings.map((each) => [each.check, each.clause, each.case, each.operation]),
  ];
  expect(ids(seal.outcome(outcome))).toEqual(ids(outcome));
});

test('a body that was cut for the report ends in no half of a secret', () => {
  const body = `${'x'.repeat(4090)}${TOKEN}`;
  const outcome = judgeCell(
    'getSink',
    400,
    [{ case: sampleCase(), exchanges: [{ exchange: sampleExchange(404, { body: { raw: body } }) }] }],
    LAW,
  );
  const sealed = seal.outcome({ ...outcome, controls: [] });
  expect(JSON.stringify(sealed)).not.toContain(TOKEN.slice(0, 6));
});
