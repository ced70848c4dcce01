import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import sparticuz from '@sparticuz/chromium';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** Starts Chromium, the first that does: CHROMIUM_PATH, the packaged one, the system's; throws an Error when none does. */
export const launchBrowser = async (): Promise<Browser> => {
  const failures: string[] = [];
  const launch = async (name: string, path: () => Promise<string>): Promise<Browser | undefined> => {
    try {
      return await chromium.launch({
        executablePath: await path(),
        args: ['--no-sandbox', '--disable-gpu'],
        timeout: 30_000,
      });
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      return undefined;
    }
  };
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    const browser = await launch('CHROMIUM_PATH', async () => CHROMIUM_PATH);
    if (browser) return browser;
  } else {
    const packaged = await launch('@sparticuz/chromium', () => sparticuz.executablePath());
    if (packaged) return packaged;
    if (existsSync(SYSTEM_CHROMIUM)) {
      const system = await launch(SYSTEM_CHROMIUM, async () => SYSTEM_CHROMIUM);
      if (system) return system;
    }
  }
  throw new Error(`No Chromium starts here; set CHROMIUM_PATH to one. ${failures.join('; ')}`);
};
