import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../reporters/html/render-html.ts';
import { inBrowser } from './page-in-browser.ts';
import { poison } from './poison.ts';
import { makeReport } from './sample-report.ts';

const browser = inBrowser();
const markup = renderHtml(makeReport());

describe('the page in Chromium', { timeout: 60_000 }, () => {
  test('opens without an error, a dialog or a request', async () => {
    await browser.open(markup);
    await expect.poll(() => browser.page.locator('.filter').isVisible()).toBe(true);
    expect(await browser.page.locator('h1').textContent()).toContain('Non-conformant');
    expect(await browser.page.locator('img, iframe, [onerror], [onfocus]').count()).toBe(0);
    const hostile = browser.page.locator('.finding').filter({ hasText: '<script>alert(1)</script>' });
    expect(await hostile.count()).toBeGreaterThan(0);
    expect(browser.incidents).toEqual([]);
  });

  test('is stopped by its policy from running or loading what slips in all the same', async () => {
    const slipped =
      '<script>document.title = "run"</script><img src="http://127.0.0.1:9/x" onerror="document.title=\'run\'">';
    await browser.open(markup.replace('<main', `${slipped}<main`));
    await expect.poll(() => browser.incidents.length).toBeGreaterThanOrEqual(2);
    expect(await browser.page.title()).not.toBe('run');
    expect(browser.incidents.join('\n')).toContain('Content Security Policy');
  });

  test('runs nothing of a server that sends script, markup and escapes in every text', async () => {
    await browser.open(renderHtml(poison(makeReport(2))));
    const { page } = browser;
    await expect.poll(() => page.locator('.filter').isVisible()).toBe(true);
    await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
    await page.locator('#filter-text').fill('<script>alert(1)</script>');
    await expect.poll(() => page.locator('#filter-result').textContent()).toMatch(/^10 of 10 causes/);
    expect(await page.locator('img, iframe, [onerror], [onfocus]').count()).toBe(0);
    expect(browser.incidents).toEqual([]);
  });

  test('has a picture of its own in light, in dark and on A4', async () => {
    const seen = new Set<string>();
    for (const [colorScheme, media] of [
      ['light', 'screen'],
      ['dark', 'screen'],
      ['dark', 'print'],
    ] as const) {
      await browser.page.emulateMedia({ colorScheme, media });
      await browser.open(markup);
      seen.add(String(await browser.page.evaluate('getComputedStyle(document.body).backgroundColor')));
      expect((await browser.page.screenshot()).length).toBeGreaterThan(20_000);
    }
    expect([...seen]).toEqual(['rgb(246, 247, 249)', 'rgb(18, 22, 28)', 'rgb(255, 255, 255)']);
    const paper = (await browser.page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(paper).toMatch(/\/MediaBox \[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/);
  });

  test('copies the curl command', async () => {
    await browser.open(markup);
    const curl = browser.page.locator('.curl').first();
    await curl.locator('button').click();
    await expect.poll(() => curl.locator('button').textContent()).toBe('Copied');
    expect(await browser.page.evaluate('navigator.clipboard.readText()')).toBe(await curl.locator('pre').textContent());
    expect(browser.incidents).toEqual([]);
  });

  test('opens the folded cell that a link names, even when a filter hides it', async () => {
    await browser.open(markup);
    const { page } = browser;
    const cell = page.locator('details.cell', { has: page.locator('[id="cell-listStreams-401"]') });
    expect(await cell.getAttribute('open')).toBeNull();
    await page.locator('.matrix a[href="#cell-listStreams-401"]').click();
    await expect.poll(() => cell.getAttribute('open')).toBe('');
    expect(await cell.locator('table.cases').isVisible()).toBe(true);
    await page.locator('#filter-text').fill('nothing has this text');
    await expect.poll(() => cell.isVisible()).toBe(false);
    await page.evaluate("location.hash = '#cell-getStream-401'");
    await expect.poll(() => page.locator('[id="cell-getStream-401"]').isVisible()).toBe(true);
    expect(browser.incidents).toEqual([]);
  });

  test('can be read without script', async () => {
    await browser.renew({ javaScriptEnabled: false });
    await browser.open(markup, '#cell-listStreams-401');
    const { page } = browser;
    expect(await page.locator('.finding:visible').count()).toBe(10);
    expect(await page.locator('[id="cell-listStreams-401"]').isVisible()).toBe(true);
    expect(await page.locator('.filter, .fold, [data-copy]').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('#run time').textContent()).toBe('2026-11-22 13:04:38 UTC');
  });

  test('has times in the zone of the reader, and UTC for those who point at it', async () => {
    await browser.renew({ timezoneId: 'Asia/Kathmandu', locale: 'en-GB' });
    await browser.open(markup);
    const time = browser.page.locator('#run time');
    expect(await time.textContent()).toMatch(/22 Nov 2026.*18:49:38/);
    expect(await time.getAttribute('title')).toBe('2026-11-22 13:04:38 UTC');
    expect(await browser.page.locator('#changes time').textContent()).toMatch(/21 Nov 2026.*07:45:00/);
  });

  test('fills in what is of this run only, and copies it', async () => {
    const report = makeReport();
    const [first] = report.evidence;
    if (first) Object.assign(first, { curl: `${first.curl} # {{id:1}}, {{id:2}}` });
    await browser.open(renderHtml({ ...report, findings: report.findings.filter(({ evidence }) => evidence === 0) }));
    const { page } = browser;
    expect(await page.locator('.curl pre').first().textContent()).toMatch(/# 7c9e6679-7425-\S+, \{\{id:2\}\}$/);
    await page.locator('.curl button').first().click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toContain('7c9e6679');
    expect(await page.locator('.finding [data-ms]').first().textContent()).toBe(', 12 ms');
    expect(browser.incidents).toEqual([]);
  });

  test.each([400, 1280])('does not scroll sideways at %i pixels', async (width) => {
    await browser.page.setViewportSize({ width, height: 800 });
    await browser.open(markup);
    expect(await browser.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  test('fits on A4: nothing is wider than the paper', async () => {
    // 210 mm without the margins, at 96 pixels an inch.
    await browser.page.setViewportSize({ width: 703, height: 1000 });
    await browser.page.emulateMedia({ media: 'print' });
    await browser.open(markup);
    expect(await browser.page.evaluate('document.documentElement.scrollWidth')).toBe(703);
    expect(await browser.page.locator('.toolbar, [data-copy]').filter({ visible: true }).count()).toBe(0);
  });
});
