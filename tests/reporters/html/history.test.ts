import { describe, expect, test } from 'vitest';
import type { Night, Report } from '../../../report/report.ts';
import { renderHtml } from '../../../reporters/html/render-html.ts';
import { makeReport } from '../sample-report.ts';

const report = makeReport(2);
const history = report.history as NonNullable<Report['history']>;
const sectionOf = (nights: Night[], change: Partial<typeof history> = {}) => {
  const page = renderHtml({ ...report, history: { ...history, ...change, nights } });
  return /<section id="history"[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
};
const pathsOf = (section: string, name: string) =>
  [...section.matchAll(/<path class="([^"]+)" d="([^"]*)"/g)].flatMap(([, own, d]) => (own === name ? [d ?? ''] : []));

describe('the history', () => {
  const section = sectionOf(history.nights);

  test('has a line for each set, the newest at the right, and a gap where nothing was judged', () => {
    for (const set of ['contract', 'http', 'hygiene']) {
      const points = pathsOf(section, `dots ${set}`)[0]?.match(/M[\d.]+ [\d.]+/g) ?? [];
      expect(points, set).toHaveLength(3);
      const x = points.map((point) => Number(point.slice(1).split(' ')[0]));
      expect(x).toEqual([...x].sort((a, b) => a - b));
      expect(pathsOf(section, `line ${set}`)).toContainEqual(expect.stringMatching(/^M[\d.]+ [\d.]+ L[^ML]+ L[^ML]+$/));
    }
    const [first, gap, last] = history.nights as [Night, Night, Night];
    const split = pathsOf(sectionOf([gap, first, last]), 'line contract');
    expect(split).toContainEqual(expect.stringMatching(/^M[\d.]+ [\d.]+ M[\d.]+ [\d.]+ L[\d.]+ [\d.]+$/));
  });

  test('stays within its picture whatever the scores', () => {
    const [, night] = history.nights as [Night, Night];
    const none = { held: 0, judged: 7 };
    const worst = { ...night, scores: { contract: none, http: none, hygiene: none } };
    for (const nights of [[worst], Array.from({ length: 59 }, (_, index) => (index % 2 ? worst : night)), []]) {
      const numbers =
        pathsOf(sectionOf(nights), 'dots contract')
          .join(' ')
          .match(/M[\d.-]+ [\d.-]+/g) ?? [];
      for (const point of numbers) {
        const [x = -1, y = -1] = point.slice(1).split(' ').map(Number);
        expect(x > 40 && x < 720 && y > 0 && y < 130, point).toBe(true);
      }
      expect(numbers).toHaveLength(nights.length + 1);
    }
  });

  test('has the verdict of each night as a sign, and in words', () => {
    expect(section.match(/<text class="mark \w+"/g)).toEqual([
      '<text class="mark error"',
      '<text class="mark incomplete"',
      '<text class="mark fail"',
      '<text class="mark fail"',
    ]);
    expect(section).toContain('<title>2026-11-20 02:00:00 UTC: Incomplete</title>');
  });

  test('says the same as a table, the newest first, and in a sentence', () => {
    const rows = [...section.matchAll(/<th scope="row"><time[^>]*>([^<]+)<\/time>/g)].map(([, when]) =>
      when?.slice(0, 10),
    );
    expect(rows).toEqual(['2026-11-22', '2026-11-21', '2026-11-20', '2026-11-19']);
    expect(section).toMatch(/<details[\s\S]*<td class="n">95 %<\/td>/);
    expect(section).toMatch(
      /aria-label="MUSTs held since 2026-11-19 02:00:00 UTC: contract –, now 9\d %; http –, now /,
    );
  });

  test('says what was left out', () => {
    expect(section).toContain('Left out: 2 reports about something else, 1 file that is no report.');
    expect(sectionOf(history.nights, { others: 0, skipped: 0 })).not.toContain('Left out');
  });

  test('is left out where no earlier reports were named, and short where there were none', () => {
    const { history: _, ...first } = report;
    expect(renderHtml(first)).not.toContain('id="history"');
    expect(sectionOf([])).toContain('History (1 run)');
  });
});
