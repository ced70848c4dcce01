import { readFileSync } from 'node:fs';
import type { Report } from '../../report/report.ts';
import { renderConsole } from '../../reporters/console/render-console.ts';
import { renderAnnotations } from '../../reporters/github/annotations.ts';
import { renderHtml } from '../../reporters/html/render-html.ts';
import { renderSummary } from '../../reporters/markdown/render-summary.ts';
import type { Target } from '../../runner/session.ts';
import { tryRun } from '../../selfcheck/run-suite.ts';

/*
 * A process that does nothing but run the suite, so that its memory is the suite's alone: the hostile servers live in the
 * process that started it. Runs whatever it is sent, several at a time.
 */

/** What to run. */
export type Job = { id: string; target: Target; timeoutMs: number };

/** What came of it; a sentence when no run began. `peakMb` is the most memory that this process ever had, in megabytes. */
export type Done = { id: string; ms: number; peakMb: number; requests: number } & (
  | { sentence: string }
  | { report: Report; console: string; coloured: string; html: string; summary: string; annotations: string[] }
);

/** The peak of this process alone: what `resourceUsage` tells on Linux begins with that of the process which started it. */
function peakMb(): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

async function run({ id, target, timeoutMs }: Job): Promise<Done> {
  const startedAt = performance.now();
  let requests = 0;
  const outcome = await tryRun(target, {
    tags: ['http_endpoints'],
    allow: ['read', 'reject', 'write'],
    counts: ['contract', 'http', 'hygiene'],
    timeoutMs,
    onSend: () => {
      requests += 1;
    },
  });
  const done = () => ({ id, requests, ms: Math.round(performance.now() - startedAt), peakMb: Math.round(peakMb()) });
  if (typeof outcome === 'string') return { sentence: outcome, ...done() };
  const console = renderConsole(outcome, { color: false, width: 100, height: 24, reportPath: 'index.html' });
  const coloured = renderConsole(outcome, { color: true, width: 100, height: 24, reportPath: 'index.html' });
  const [html, summary] = [renderHtml(outcome), renderSummary(outcome)];
  return {
    report: outcome,
    console,
    coloured,
    html,
    summary,
    annotations: renderAnnotations(outcome, false),
    ...done(),
  };
}

process.on('message', async (job: Job) => {
  process.send?.(await run(job));
});
process.on('disconnect', () => process.exit());
