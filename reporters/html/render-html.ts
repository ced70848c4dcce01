import { createHash } from 'node:crypto';
import type { Report } from '../../report/report.ts';
import { VERDICT_WORD } from '../shared/outcomes.ts';
import { SCRIPT, STYLES } from './assets.ts';
import { html, trust } from './escape.ts';
import { renderCells } from './sections/cells.ts';
import { renderChanges } from './sections/changes.ts';
import { renderClauses } from './sections/clauses.ts';
import { renderControls } from './sections/controls.ts';
import { renderFindings } from './sections/findings.ts';
import { renderHistory } from './sections/history.ts';
import { renderMatrix } from './sections/matrix.ts';
import { renderNotTested } from './sections/not-tested.ts';
import { renderRetries } from './sections/retries.ts';
import { renderEnvironment, renderErrors } from './sections/run.ts';
import { renderStatuses } from './sections/statuses.ts';
import { renderToolbar } from './sections/toolbar.ts';
import { RUN_PLACE, renderRun, renderVerdict } from './sections/verdict.ts';
import { renderWaivers } from './sections/waivers.ts';
import { createView } from './view.ts';

const hashOf = (source: string): string => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;

// Nothing may be loaded or run but the one style sheet and the one script below, whatever an answer managed to smuggle in.
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLES)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The report as one HTML file that loads nothing, readable without script, on screen and on paper. */
export function renderHtml(report: Report): string {
  const view = createView(report);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trust(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${VERDICT_WORD[report.verdict]} · ${report.contract.title} · error contract report</title>
<style>${trust(STYLES)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
${renderVerdict(view)}
${renderToolbar(view)}
<main id="main">
${renderChanges(view)}
${renderHistory(view)}
${renderStatuses(view)}
${renderMatrix(view)}
${renderFindings(view)}
${renderWaivers(view)}
${renderNotTested(view)}
${renderCells(view)}
${renderClauses(view)}
${renderControls(view)}
${renderRetries(view)}
${renderEnvironment(view)}
${renderErrors(view)}
</main>
<footer class="foot">Suite ${report.environment.suite} · report format ${report.reportVersion}</footer>
<script>${trust(SCRIPT)}</script>
</body>
</html>
`;
  return putRunIn(page.markup, report);
}

/** Puts what is of this run only where it belongs: how long the exchanges on the page took, and what its stand-ins stand for. */
function putRunIn(markup: string, report: Report): string {
  const { ms, values } = report.run;
  const shown = new Set([...markup.matchAll(/data-ms="(\d+)"/g)].map(([, index = '']) => index));
  const named = new Set([...markup.matchAll(/\{\{[a-z]+(?::\d+)?\}\}/g)].map(([name]) => name));
  const run = renderRun(
    report,
    Object.fromEntries([...shown].map((index) => [index, ms[Number(index)] ?? 0])),
    Object.fromEntries([...named].flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))),
  );
  return markup.replace(RUN_PLACE.markup, () => run.markup);
}
