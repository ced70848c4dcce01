import { expect, test } from 'vitest';
import { renderConsole } from '../../../reporters/console/render-console.ts';
import { renderHtml } from '../../../reporters/html/render-html.ts';
import { describeRetries, describeWaits } from '../../../reporters/shared/retries.ts';
import { makeReport } from '../sample-report.ts';

const WAITS = ['The token was refused from 10:00:00 to 10:00:05 UTC: <b>.', 'The target answered 503.', 'Again.'];

const reportOf = (waits?: string[], limits = 0) => ({
  ...makeReport(2),
  retries: { limits, connections: 0, examples: [], ...(waits && { waits }) },
});

test.each([
  [undefined, undefined],
  [WAITS.slice(0, 1), `waited: ${WAITS[0]}`],
  [WAITS, `waited: ${WAITS[0]} ${WAITS[1]} And 1 more time.`],
])('waits %o are told', (waits, told) => {
  expect(describeWaits(reportOf(waits))).toBe(told);
});

test('limits and broken connections are counted', () => {
  expect(describeRetries(reportOf())).toBeUndefined();
  expect(describeRetries(reportOf(undefined, 2))).toBe('tried again after 2 limits that nobody asked for');
});

test('console and page tell of waits, also where nothing else was tried again', () => {
  const report = reportOf(WAITS);
  const options = { color: false, width: 200, height: 60, reportPath: 'index.html' };
  expect(renderConsole(report, options)).toContain('waited: The token was refused from 10:00:00');
  const page = renderHtml(report);
  expect(page).toContain('<li>The token was refused from 10:00:00 to 10:00:05 UTC: &lt;b&gt;.</li>');
  expect(renderHtml(reportOf())).not.toContain('was waited for');
});
