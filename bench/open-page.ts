import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderHtml } from '../reporters/html/render-html.ts';
import { makeLargeReport } from '../tests/reporters/large-report.ts';
import { launchBrowser } from '../tests/support/launch-browser.ts';

/*
 * How long the page of a run with 100,000 exchanges and 10,000 findings takes in Chromium: to open (until its script has run
 * and the first screen is painted) and to filter (until the page is laid out again); the median and the worst of ten.
 */

const TIMES = 10;

const filter = (id: string, value: string): string => `(() => {
  const field = document.getElementById('filter-${id}');
  const from = performance.now();
  field.value = '${value}';
  field.dispatchEvent(new Event('${id === 'text' ? 'input' : 'change'}'));
  return new Promise((resolve) => {
    // What is typed waits a moment for more.
    setTimeout(() => { document.body.offsetHeight; resolve(performance.now() - from); }, ${id === 'text' ? 121 : 0});
  });
})()`;

const startedAt = performance.now();
const markup = renderHtml(makeLargeReport());
console.log(
  `written in ${Math.round(performance.now() - startedAt)} ms, ${(Buffer.byteLength(markup) / 1e6).toFixed(2)} MB`,
);
const folder = mkdtempSync(join(tmpdir(), 'ecc-bench-'));
const file = join(folder, 'index.html');
writeFileSync(file, markup);
const browser = await launchBrowser();
const took: Record<string, number[]> = {};
const note = (what: string, ms: number): void => {
  took[what] = [...(took[what] ?? []), ms];
};
for (let time = 0; time < TIMES; time++) {
  const page = await browser.newPage();
  const from = performance.now();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  note('open', performance.now() - from);
  for (const [id, value] of [
    ['outcome', 'fail'],
    ['set', 'http'],
    ['text', 'field no. 17'],
  ] as const) {
    note(`filter by ${id}`, await page.evaluate<number>(filter(id, value)));
    await page.locator('#filter-clear').click();
  }
  await page.close();
}
await browser.close();
rmSync(folder, { recursive: true });
for (const [what, all] of Object.entries(took)) {
  const sorted = [...all].sort((a, b) => a - b).map(Math.round);
  console.log(`${what.padEnd(18)} ${sorted[TIMES / 2]} ms, at most ${sorted.at(-1)} ms`);
}
