import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renderHtml } from '../../reporters/html/render-html.ts';
import { launchBrowser } from '../support/launch-browser.ts';
import { makeReport } from './sample-report.ts';

let browser: Browser;
let folder: string;
let context: BrowserContext;
let page: Page;
/** Console messages, errors, dialogs and requests other than for the file itself. */
let incidents: string[];

const open = async (markup: string, hash = ''): Promise<void> => {
  const file = join(folder, 'report.html');
  await writeFile(file, markup);
  await page.goto(pathToFileURL(file).href + hash);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-html-'));
  browser = await launchBrowser();
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  incidents = [];
  context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
  page.on('console', (message) => incidents.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => incidents.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(pathToFileURL(folder).href)) incidents.push(`request: ${request.url()}`);
  });
});

afterEach(() => context.close());

const markup = renderHtml(makeReport());

describe('the page in Chromium', { timeout: 60_000 }, () => {
  test('opens without an error, a dialog or a request', async () => {
    await open(markup);
    await expect.poll(() => page.locator('.filter').isVisible()).toBe(true);
    expect(await page.locator('h1').textContent()).toContain('Non-conformant');
    expect(await page.locator('img, iframe, [onerror], [onfocus]').count()).toBe(0);
    expect(await page.locator('.finding').filter({ hasText: '<script>alert(1)</script>' }).count()).toBeGreaterThan(0);
    expect(incidents).toEqual([]);
  });

  test('is stopped by its policy from running or loading what slips in all the same', async () => {
    const slipped =
      '<script>document.title = "run"</script><img src="http://127.0.0.1:9/x" onerror="document.title=\'run\'">';
    await open(markup.replace('<main', `${slipped}<main`));
    await expect.poll(() => incidents.length).toBeGreaterThanOrEqual(2);
    expect(await page.title()).not.toBe('run');
    expect(incidents.join('\n')).toContain('Content Security Policy');
  });

  test('filters causes, cells and the matrix by text, status and outcome', async () => {
    await open(markup);
    const all = await page.locator('.cell').count();
    await page.locator('#filter-text').fill('createHttpEndpoint');
    const shown = page.locator('.cell:visible');
    await expect.poll(() => shown.count()).toBeLessThan(all);
    expect(await page.locator('tr[data-item]:visible').count()).toBe(1);
    await page.locator('#filter-status').selectOption('400');
    await page.locator('#filter-outcome').selectOption('fail');
    await expect.poll(() => shown.count()).toBe(1);
    expect(await page.locator('#filter-result').textContent()).toMatch(/^\d+ of 10 causes, 1 of \d+ cells$/);
    expect(await page.locator('.matrix tr[data-item]:visible td:not(.dim)[data-o]').count()).toBe(1);
    await page.locator('#filter-text').fill('');
    await page.locator('#filter-status').selectOption('');
    await page.locator('#filter-outcome').selectOption('');
    await expect.poll(() => shown.count()).toBe(all);
    expect(incidents).toEqual([]);
  });

  test('copies the curl command', async () => {
    await open(markup);
    const curl = page.locator('.curl').first();
    await curl.locator('button').click();
    await expect.poll(() => curl.locator('button').textContent()).toBe('Copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await curl.locator('pre').textContent());
    expect(incidents).toEqual([]);
  });

  test('opens the folded cell that a link names, even when a filter hides it', async () => {
    await open(markup);
    const cell = page.locator('details.cell', { has: page.locator('[id="cell-listStreams-401"]') });
    expect(await cell.getAttribute('open')).toBeNull();
    await page.locator('.matrix a[href="#cell-listStreams-401"]').click();
    await expect.poll(() => cell.getAttribute('open')).toBe('');
    expect(await cell.locator('table.cases').isVisible()).toBe(true);
    await page.locator('#filter-text').fill('nothing has this text');
    await expect.poll(() => cell.isVisible()).toBe(false);
    await page.evaluate("location.hash = '#cell-getStream-401'");
    await expect.poll(() => page.locator('[id="cell-getStream-401"]').isVisible()).toBe(true);
    expect(incidents).toEqual([]);
  });

  test('can be read without script', async () => {
    await context.close();
    context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
    await open(markup, '#cell-listStreams-401');
    expect(await page.locator('.finding:visible').count()).toBe(10);
    expect(await page.locator('[id="cell-listStreams-401"]').isVisible()).toBe(true);
    expect(await page.locator('.filter, .fold, [data-copy]').filter({ visible: true }).count()).toBe(0);
  });

  test.each([400, 1280])('does not scroll sideways at %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await open(markup);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});
