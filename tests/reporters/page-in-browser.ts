import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from '../support/launch-browser.ts';

/** A report in Chromium, a context of its own for each test. */
export type PageInBrowser = {
  page: Page;
  /** Console messages, errors, dialogs and requests other than for the file itself. */
  incidents: string[];
  /** Opens a page from a file. */
  open: (markup: string, hash?: string) => Promise<void>;
  /** Goes on in another kind of browser context. */
  renew: (options: BrowserContextOptions) => Promise<void>;
};

/** Starts Chromium for the tests of a file, and ends it behind them. */
export const inBrowser = (): PageInBrowser => {
  let browser: Browser;
  let folder: string;
  const state = { incidents: [] as string[] } as PageInBrowser;
  state.renew = async (options) => {
    await state.page?.context().close();
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
    const page = await context.newPage();
    page.on('console', (message) => state.incidents.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => state.incidents.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      state.incidents.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(pathToFileURL(folder).href)) state.incidents.push(`request: ${request.url()}`);
    });
    state.page = page;
  };
  state.open = async (markup, hash = '') => {
    const file = join(folder, 'report.html');
    await writeFile(file, markup);
    await state.page.goto(pathToFileURL(file).href + hash);
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
    state.incidents = [];
    await state.renew({});
  });
  afterEach(() => state.page.context().close());
  return state;
};
