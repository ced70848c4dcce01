import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../reporters/html/render-html.ts';
import { inBrowser } from './page-in-browser.ts';
import { makeReport } from './sample-report.ts';

const browser = inBrowser();
const report = makeReport(2);

type Found = { id: string; nodes: { html: string; failureSummary?: string }[] }[];

const findBarriers = async (): Promise<string[]> => {
  await browser.page.evaluate(axe.source);
  // The rules of WCAG 2.2 A and AA, and axe's own best practices.
  const found = (await browser.page.evaluate(
    'axe.run({ resultTypes: ["violations"] }).then((run) => run.violations)',
  )) as Found;
  return found.map(
    ({ id, nodes }) => `${id} × ${nodes.length}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
  );
};

describe('axe finds nothing', { timeout: 180_000 }, () => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 400],
  ] as const)('in %s at %i pixels, with everything open', async (colorScheme, width) => {
    await browser.renew({ colorScheme, viewport: { width, height: 900 } });
    await browser.open(renderHtml(report));
    await browser.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
    expect(await findBarriers()).toEqual([]);
    expect(browser.incidents).toEqual([]);
  });

  test('but it finds what is wrong', async () => {
    await browser.open(
      renderHtml(report)
        .replace('aria-label="Filter by text"', '')
        .replace(/placeholder="[^"]*"/, ''),
    );
    expect((await findBarriers()).join()).toContain('label × 1');
  });
});
