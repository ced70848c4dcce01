import { expect, test } from 'vitest';
import { judgeExchange, type Tally } from '../../judge/judge.ts';
import { makeLaw } from '../../judge/law.ts';
import { loadContract } from '../../schemas/load-contract.ts';
import { readRecording } from './read-recording.ts';

const law = makeLaw(loadContract(), ['contract']);
const recorded = readRecording(new URL('../fixtures/sequin-46ce4e10.jsonl', import.meta.url));

/** One recorded exchange as the golden file shows it: what was asked, what came, and every finding. */
function show(index: number, tally: Tally): string[] {
  const { name, exchange } = recorded[index] ?? recorded[0] ?? { name: '', exchange: undefined };
  if (!exchange) return [];
  const matter = {
    operation: 'recorded',
    status: 0,
    caseId: name,
    provocation: 'recorded',
    provenance: 'recorded',
  } as const;
  const findings = judgeExchange(exchange, matter, law, tally);
  const { request, response } = exchange;
  const came = response ? `${response.status} ${response.body.slice(0, 90).replaceAll('\n', '\\n')}` : 'no response';
  const lines = findings.map(
    (each) => `    ${each.level} ${each.check} ${each.pointer} — ${each.message.slice(0, 140)}`,
  );
  return [
    `${name} | ${request.method} ${request.target.slice(0, 80)} → ${came}`,
    ...(lines.length > 0 ? lines : ['    (nothing)']),
  ];
}

test('every recorded exchange is judged as a person would', async () => {
  const tally: Tally = {};
  const lines = recorded.flatMap((_, index) => show(index, tally));
  expect(recorded).toHaveLength(104);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('sequin-46ce4e10.golden.txt');
});

test('the successes of the recording give no finding', () => {
  const successes = recorded.flatMap(({ exchange }, index) =>
    (exchange.response?.status ?? 999) < 300 ? [index] : [],
  );
  expect(successes.length).toBeGreaterThan(10);
  for (const index of successes) expect(show(index, {}).at(-1)).toBe('    (nothing)');
});

test('every stray status line behind a response is found, and nothing is where none was', () => {
  for (const { name, exchange } of recorded) {
    const matter = {
      operation: 'recorded',
      status: 0,
      caseId: name,
      provocation: 'recorded',
      provenance: 'recorded',
    } as const;
    const found = judgeExchange(exchange, matter, law, {}).some((each) => each.check === 'bytes-after-response');
    expect(found, name).toBe((exchange.response?.bytesAfter ?? '') !== '');
  }
});
