import { expect, test } from 'vitest';
import { fillIn } from '../../report/stand-ins.ts';
import { runPlaywright, type SuiteRun } from './support.ts';

/** The files of a run without what is of this run only. */
function withoutRun({ files }: SuiteRun): { json: unknown; html: string } {
  const { run: _, ...json } = JSON.parse(files['report.json'] ?? '{}');
  const html = files['index.html'] ?? '';
  const parts = html.split(/<dl class="facts" id="run"[^>]*>[\s\S]*?<\/dl>/);
  expect(parts).toHaveLength(2);
  return { json: JSON.stringify(json), html: parts.join('') };
}

// Twelve hundred requests on two workers, whose order is another one each time; 429 depends on how busy the machine is.
const WITHOUT_BURSTS = ['--grep-invert', '@429'];

test('two runs on the same API make the same report, byte for byte, but for what names the run', async () => {
  const [one, two] = [await runPlaywright(WITHOUT_BURSTS), await runPlaywright(WITHOUT_BURSTS)];
  expect(one.code, one.output).toBe(0);
  const [first, second] = [withoutRun(one), withoutRun(two)];
  expect(second.json).toBe(first.json);
  expect(second.html).toBe(first.html);
  // What stands for something can be told from the rest of the report, and commands can be had as they were.
  const { evidence = [], run } = one.report ?? {};
  const curl = evidence.map((each) => each.curl).find((text) => /\{\{id:\d+\}\}/.test(text)) ?? '';
  expect(curl).toContain('http://127.0.0.1:{{port}}/api');
  expect(fillIn(curl, run?.values ?? {})).not.toMatch(/\{\{(?:id|run|port)/);
  expect(run?.ms).toHaveLength(evidence.length);
});
