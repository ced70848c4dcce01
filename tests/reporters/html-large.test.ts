import { describe, expect, test } from 'vitest';
import { causeOf } from '../../judge/fingerprint.ts';
import { renderHtml } from '../../reporters/html/render-html.ts';
import { makeLargeReport } from './large-report.ts';
import { inBrowser } from './page-in-browser.ts';

const browser = inBrowser();
const report = makeLargeReport();
const markup = renderHtml(report);

describe('a run of 100,000 exchanges and 10,000 findings', { timeout: 120_000 }, () => {
  test('makes a page below 5 MB that says what it leaves out', () => {
    const cases = report.cells.flatMap((cell) => cell.cases);
    expect(cases.length).toBeGreaterThan(80_000);
    expect(new TextEncoder().encode(markup).length).toBeLessThan(5_000_000);
    const causes = new Set(report.findings.map(causeOf)).size;
    expect(markup).toMatch(new RegExp(`and ${causes - 300} more causes with [\\d,]+ findings, in report.json`));
    expect(markup).toMatch(/and 1,\d+ more cases, in report\.json: \d+ fail/);
  });

  // `npm run bench:page` measures what it takes on a machine that does nothing else; here it must only not get out of hand.
  test('opens and filters without getting out of hand', async () => {
    const startedAt = performance.now();
    await browser.open(markup);
    await expect.poll(() => browser.page.locator('#filter-text').isVisible()).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    const took = await browser.page.evaluate(`(() => {
      const select = document.getElementById('filter-outcome');
      const from = performance.now();
      select.value = 'fail';
      select.dispatchEvent(new Event('change'));
      document.body.offsetHeight;
      return performance.now() - from;
    })()`);
    expect(took).toBeLessThan(10_000);
    expect(browser.incidents).toEqual([]);
  });
});
