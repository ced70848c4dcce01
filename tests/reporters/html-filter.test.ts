import { describe, expect, test } from 'vitest';
import { causeOf } from '../../judge/fingerprint.ts';
import { renderHtml } from '../../reporters/html/render-html.ts';
import { inBrowser } from './page-in-browser.ts';
import { makeReport } from './sample-report.ts';

const browser = inBrowser();
const report = makeReport();
const markup = renderHtml(report);

const choose = (what: string, label: string) => browser.page.locator(`#filter-${what}`).selectOption({ label });
const shown = (kind: string) => browser.page.locator(`[data-item="${kind}"]:visible`);

describe('the filter', { timeout: 60_000 }, () => {
  test('by text, status and outcome: causes, cells and the matrix', async () => {
    await browser.open(markup);
    const all = await shown('cell').count();
    await browser.page.locator('#filter-text').fill('createHttpEndpoint');
    await expect.poll(() => shown('cell').count()).toBeLessThan(all);
    expect(await shown('row').count()).toBe(1);
    await choose('status', '400');
    await choose('outcome', 'fail');
    await expect.poll(() => shown('cell').count()).toBe(1);
    expect(await browser.page.locator('#filter-result').textContent()).toMatch(/^\d+ of 10 causes, 1 of \d+ cells$/);
    expect(await browser.page.locator('.matrix tr[data-item]:visible td:not(.dim)[data-o]').count()).toBe(1);
    await browser.page.locator('#filter-clear').click();
    await expect.poll(() => shown('cell').count()).toBe(all);
    expect(await browser.page.locator('#filter-clear').isDisabled()).toBe(true);
    expect(browser.incidents).toEqual([]);
  });

  test('by operation: its row, its cells, the causes that touch it', async () => {
    await browser.open(markup);
    await choose('operation', 'updateDatabase');
    const own = report.cells.filter(
      ({ operation, outcome }) => operation === 'updateDatabase' && outcome !== 'not-applicable',
    );
    expect(await shown('row').count()).toBe(1);
    expect(await shown('cell').count()).toBe(own.length);
    const causes = new Set(report.findings.filter(({ operation }) => operation === 'updateDatabase').map(causeOf));
    expect(await shown('cause').count()).toBe(causes.size);
  });

  test('by set: causes, cells that broke it, and its clauses', async () => {
    await browser.open(markup);
    await choose('set', 'http');
    const own = report.findings.filter(({ set }) => set === 'http');
    expect(await shown('cause').count()).toBe(new Set(own.map(causeOf)).size);
    expect(await shown('cell').count()).toBe(
      new Set(own.map(({ operation, status }) => `${operation} ${status}`)).size,
    );
    expect(await shown('clause').count()).toBe(report.clauses.filter(({ set }) => set === 'http').length);
    await browser.page.locator('#filter-set').press('Escape');
    await expect.poll(() => shown('clause').count()).toBe(report.clauses.length);
  });
});

describe('the keyboard', { timeout: 60_000 }, () => {
  const focused = () =>
    browser.page.evaluate("document.activeElement.getAttribute('href') ?? document.activeElement.id");

  test('gets to the results, the filter, the matrix, its cells and their causes', async () => {
    await browser.open(markup);
    const { keyboard } = browser.page;
    await keyboard.press('Tab');
    expect(await focused()).toBe('#main');
    await keyboard.press('Enter');
    await expect.poll(focused).toBe('main');
    await browser.page.locator('.matrix td[data-o] a').first().focus();
    const start = String(await focused());
    await keyboard.press('ArrowRight');
    expect(await focused()).not.toBe(start);
    await keyboard.press('ArrowLeft');
    expect(await focused()).toBe(start);
    await keyboard.press('ArrowDown');
    expect(String(await focused()).replace(/^.*-/, '')).toBe(start.replace(/^.*-/, ''));
    const cell = String(await focused());
    await keyboard.press('Enter');
    const summary = browser.page.locator('details.cell', { has: browser.page.locator(`[id="${cell.slice(1)}"]`) });
    await expect.poll(() => summary.getAttribute('open')).toBe('');
    await expect.poll(() => browser.page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    await keyboard.press('Enter');
    await expect.poll(() => summary.getAttribute('open')).toBeNull();
    expect(browser.incidents).toEqual([]);
  });

  test('reaches every control, and shows where it is', async () => {
    await browser.open(renderHtml({ ...makeReport(2), cells: report.cells.slice(0, 12) }));
    const { page } = browser;
    const wanted = await page.locator('button:visible:not(:disabled), input:visible, select:visible').count();
    const met = new Set<string>();
    for (let step = 0; step < 400; step++) {
      await page.keyboard.press('Tab');
      const { name, outline } = (await page.evaluate(`(() => {
        const node = document.activeElement;
        node.dataset.met ??= String(Math.random());
        return { name: /^(BUTTON|INPUT|SELECT)$/.test(node.tagName) ? node.dataset.met : '', outline: node === document.body ? 'none' : getComputedStyle(node).outlineStyle };
      })()`)) as { name: string; outline: string };
      if (name !== '') {
        expect(outline).not.toBe('none');
        met.add(name);
      }
      if (met.size === wanted) break;
    }
    expect(met.size).toBe(wanted);
  });
});
