import { expect, test } from 'vitest';
import { fillIn } from '../../report/stand-ins.ts';
import { runPlaywright, type SuiteRun } from './support.ts';

/** A run in which nothing had to be sent again: a connection that breaks on a busy machine is told of, and is no part of the other run. */
async function runUndisturbed(): Promise<SuiteRun> {
  let run = await runPlaywright(WITHOUT_BURSTS);
  for (let tries = 1; tries < 3 && (run.report?.retries.examples.length ?? 0) > 0; tries++)
    run = await runPlaywright(WITHOUT_BURSTS);
  return run;
}

/** Where two values differ first, and how; undefined where they are the same. */
function findDifference(one: unknown, other: unknown, path = ''): string | undefined {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other ? undefined : `${path}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`;
  const [left, right] = [one, other] as Record<string, unknown>[];
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const difference = findDifference(left?.[name], right?.[name], `${path}/${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** The files of a run without what is of this run only. */
function withoutRun({ files }: SuiteRun): { json: string; html: string } {
  const { run: _, ...json } = JSON.parse(files['report.json'] ?? '{}');
  const html = files['index.html'] ?? '';
  const parts = html.split(/<dl class="facts" id="run"[^>]*>[\s\S]*?<\/dl>/);
  expect(parts).toHaveLength(2);
  return { json: JSON.stringify(json), html: parts.join('') };
}

// Twelve hundred requests on two workers, whose order is another one each time; 429 depends on how busy the machine is.
const WITHOUT_BURSTS = ['--grep-invert', '@429'];

test('two runs on the same API make the same report, byte for byte, but for what names the run', async () => {
  const [one, two] = [await runUndisturbed(), await runUndisturbed()];
  expect(one.code, one.output).toBe(0);
  const [first, second] = [withoutRun(one), withoutRun(two)];
  expect(findDifference(JSON.parse(first.json), JSON.parse(second.json))).toBe(undefined);
  expect(second.json === first.json).toBe(true);
  expect(second.html).toBe(first.html);
  // What stands for something can be told from the rest of the report, and commands can be had as they were.
  const { evidence = [], run } = one.report ?? {};
  const curl = evidence.map((each) => each.curl).find((text) => /\{\{id:\d+\}\}/.test(text)) ?? '';
  expect(curl).toContain('http://127.0.0.1:{{port}}/api');
  expect(fillIn(curl, run?.values ?? {})).not.toMatch(/\{\{(?:id|run|port)/);
  expect(run?.ms).toHaveLength(evidence.length);
});
