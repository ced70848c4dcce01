import { expect, test } from 'vitest';
import { renderConsole } from '../../reporters/console/render-console.ts';
import { renderHtml } from '../../reporters/html/render-html.ts';
import { makeReport } from './sample-report.ts';

const LEFT = ['Objects of earlier runs are left: things "ecc-<b>"; "npm run sweep" lists them.', 'Another.'];

test('console and page tell of what earlier runs have left, and take it for text', () => {
  const report = { ...makeReport(2), leftovers: LEFT };
  const options = { color: false, width: 200, height: 60, reportPath: 'index.html' };
  expect(renderConsole(report, options)).toContain(`left: ${LEFT[0]} And 1 more.`);
  expect(renderHtml(report)).toContain('<li>Objects of earlier runs are left: things &quot;ecc-&lt;b&gt;&quot;;');
  expect(renderHtml(makeReport(2))).not.toContain('earlier runs have left');
});
