import { renderConsole } from '../../reporters/console/render-console.ts';
import { renderHtml } from '../../reporters/html/render-html.ts';
import type { Target } from '../../runner/session.ts';
import { tryRun } from '../../selfcheck/run-suite.ts';

/** Deadline of one exchange in milliseconds: long enough for a busy machine, and no longer, as many servers wait for it. */
const TIMEOUT_MS = 600;

/** What came of a run against a hostile server. */
export type Attacked = {
  id: string;
  verdict: string;
  /** Checks that found something, each once. */
  checks: string[];
  /** Whether a MUST of the contract or of HTTP was found broken, and whether one of the contract was. */
  isBroken: boolean;
  isContractBroken: boolean;
  ms: number;
  /** The longest exchange that the report shows, in milliseconds. */
  longestMs: number;
  /** Size of the HTML report, in characters. */
  htmlSize: number;
  /** What of the server's came through to where it can act: to the terminal, or as markup. */
  active: string[];
};

/** Runs the suite against a hostile server that is there, with what a first run may do, and renders its report. */
export async function attack(id: string, target: Target): Promise<Attacked> {
  const startedAt = performance.now();
  const options = { tags: ['http_endpoints'], allow: ['read' as const, 'reject' as const], timeoutMs: TIMEOUT_MS };
  const report = await tryRun(target, options);
  if (typeof report === 'string') throw new Error(`${id}: the run did not begin: ${report}`);
  const html = renderHtml(report);
  const text = renderConsole(report, { color: false, width: 120, reportPath: 'index.html' });
  const findings = report.findings.filter(({ level }) => level === 'MUST');
  return {
    id,
    verdict: report.verdict,
    checks: [...new Set(report.findings.map(({ check }) => check))].sort(),
    isBroken: findings.some(({ set }) => set !== 'hygiene'),
    isContractBroken: findings.some(({ set }) => set === 'contract'),
    ms: performance.now() - startedAt,
    longestMs: Math.max(...report.run.ms),
    htmlSize: html.length,
    active: [...(text.match(/[\p{Cc}\p{Cf}\p{Cs}]/gu) ?? []).filter((each) => each !== '\n'), ...findActive(html)],
  };
}

/** Markup that is none of the report's own: it has one script and neither images nor handlers. */
function findActive(html: string): string[] {
  const scripts = html.match(/<script\b/gi) ?? [];
  const others = html.match(/<(?:img|iframe|svg\/|object|embed)\b[^>]*>|<[a-z][^>]*\son\w+\s*=/gi) ?? [];
  return [...scripts.slice(1), ...others];
}
