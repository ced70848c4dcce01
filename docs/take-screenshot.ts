import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchBrowser } from '../tests/support/launch-browser.ts';

/** Takes the picture in the README: the first screen of a report (the last run's, or the file that is named). */
const [file = 'conformance-report/index.html', picture = fileURLToPath(new URL('report.png', import.meta.url))] =
  process.argv.slice(2);
const browser = await launchBrowser();
const page = await browser.newPage({
  viewport: { width: 1280, height: 1000 },
  colorScheme: 'light',
  locale: 'en-GB',
  timezoneId: 'UTC',
});
await page.goto(pathToFileURL(resolve(file)).href);
await page.screenshot({ path: picture });
await browser.close();
