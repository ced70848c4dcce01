import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { causeOf } from '../../../judge/fingerprint.ts';
import type { Report } from '../../../report/report.ts';
import { renderHtml } from '../../../reporters/html/render-html.ts';
import { readTags } from '../markup.ts';
import { poison } from '../poison.ts';
import { HOSTILE } from '../sample-contract.ts';
import { makeReport } from '../sample-report.ts';

const report = makeReport();
const page = renderHtml(report);
const tags = readTags(page);
const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
const links = tags.flatMap(({ attributes }) => attributes.get('href') ?? []);

const empty: Report = {
  ...report,
  verdict: 'conformant',
  reasons: [],
  statuses: {},
  operations: [],
  cells: [],
  findings: [],
  untestable: [],
  controls: [],
  clauses: [],
  evidence: [],
  errors: [],
};

const between = (element: string): string => page.split(`<${element}>`)[1]?.split(`</${element}>`)[0] ?? '';

const hashOf = (source: string): string => createHash('sha256').update(source).digest('base64');

describe('safety', () => {
  test('the policy allows exactly the one style sheet and the one script', () => {
    const policy = tags.find(({ attributes }) => attributes.has('http-equiv'))?.attributes.get('content');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hashOf(between('style'))}'; script-src 'sha256-${hashOf(between('script'))}'; base-uri 'none'; form-action 'none'`,
    );
    expect(tags.filter(({ name }) => name === 'script' || name === 'style')).toHaveLength(2);
  });

  test.each([
    ['the sample', page],
    ['a report that is hostile everywhere', renderHtml(poison(report))],
  ])('%s makes no markup, handler, foreign link or hidden character', (_, text) => {
    const read = readTags(text);
    const names = new Set(read.map(({ name }) => name));
    for (const name of ['img', 'iframe', 'object', 'link', 'base', 'form']) expect(names).not.toContain(name);
    expect(read.filter(({ name }) => name === 'script')).toHaveLength(1);
    for (const { attributes } of read) {
      for (const name of attributes.keys()) expect(name).not.toMatch(/^(on|style|src)/);
      expect(attributes.get('href') ?? '#').toMatch(/^(#|https?:\/\/)/);
      expect(attributes.get('id') ?? 'ok').toMatch(/^[A-Za-z0-9_.-]+$/);
    }
    expect(text.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(text).not.toContain(HOSTILE.script);
  });

  test('hostile text stays readable', () => {
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('␛[31mred␛]0;title␇[U+009B]2J');
    expect(page).toContain('[U+202E]gnp.exe[U+2066]');
    expect(page).toContain('half \ufffd pair');
  });

  test('nothing but links names an address', () => {
    const style = between('style') + between('script');
    expect(style).not.toMatch(/https?:|url\(|@import|fetch|XMLHttpRequest/);
    expect(style).not.toMatch(/<\//);
  });
});

describe('anchors', () => {
  test('every id is unique and every internal link leads somewhere', () => {
    expect(new Set(ids).size).toBe(ids.length);
    const internal = links.filter((link) => link.startsWith('#')).map((link) => link.slice(1));
    expect(internal.length).toBeGreaterThan(200);
    expect(internal.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('every cause, cell, clause and control has one', () => {
    const of = (kind: string): number => ids.filter((id) => id.startsWith(`${kind}-`)).length;
    expect(of('cell')).toBe(report.cells.filter(({ outcome }) => outcome !== 'not-applicable').length);
    expect(of('clause')).toBe(report.clauses.length);
    expect(of('control')).toBe(report.controls.length);
    const causes = tags.filter(({ attributes }) => attributes.get('data-item') === 'cause');
    expect(causes).toHaveLength(new Set(report.findings.map(causeOf)).size);
    for (const { attributes } of causes) expect(ids).toContain(attributes.get('id'));
  });

  test('labels name elements that are there', () => {
    const labels = tags.flatMap(({ attributes }) => attributes.get('aria-labelledby') ?? []);
    expect(labels.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('content', () => {
  test('causes stand in order of gravity, then of level, then of breadth, and notes last', () => {
    const order = [
      ...page.matchAll(/<p class="tags"><span class="level \w+">(\w+)<\/span> <span class="tag">([^<]+)/g),
    ];
    expect(order.map(([, level, set]) => `${level} ${set}`)).toEqual([
      'MUST contract',
      'MUST contract',
      'MUST contract',
      'MUST contract',
      'MUST contract',
      'SHOULD contract',
      'MUST http',
      'MUST http',
      'MUST hygiene, not counted',
      'MAY contract',
    ]);
  });

  test('the place of a finding is marked, and a long body is cut with its true size', () => {
    expect(page).toContain('<mark>    &quot;destination&quot;: {</mark>');
    const size = report.evidence.find(({ exchange }) => exchange.response?.truncated)?.exchange.response?.bodyBytes;
    expect(size).toBeGreaterThan(4096);
    expect(page).toContain(`cut; ${size?.toLocaleString('en-US')} bytes in all`);
  });

  test('a request that was cut has its true size, too', () => {
    const [first, ...rest] = report.evidence;
    if (first === undefined) throw new Error('The sample has no evidence.');
    const request = { ...first.exchange.request, body: { text: 'x'.repeat(4096) } };
    const cut = { ...first, exchange: { ...first.exchange, request }, requestBytes: 70_001 };
    expect(renderHtml({ ...report, evidence: [cut, ...rest] })).toContain('cut; 70,001 bytes in all');
    expect(page).not.toContain('70,001');
  });

  test('bytes that are no text are shown in hex', () => {
    expect(page).toMatch(/0000 {2}ff fe fd fc 00 7b {32}\.{5}\{/);
    expect(page).toContain('6 bytes that are no valid text');
    const binary = report.evidence.map((each) => ({
      ...each,
      exchange: {
        ...each.exchange,
        ...(each.exchange.response && {
          response: {
            ...each.exchange.response,
            body: '\ufffd\u0001\u0002PNG',
            bodyBytes: 5000,
            bodyBase64: 'iVBORw0KGgo=',
          },
        }),
      },
    }));
    const text = renderHtml({ ...report, evidence: binary });
    expect(text).toMatch(/0000 {2}89 50 4e 47 0d 0a 1a 0a {26}\.PNG\.{4}/);
    expect(text).toContain('5,000 bytes that are no valid text</i><i class="note">; the first 8 are shown');
  });

  test('a status that was not due is marked, and so is a header that the message names', () => {
    expect(page).toContain('<mark><b>HTTP/1.1 500 Internal Server Error</b></mark>');
    const named = report.findings.map((finding) => ({ ...finding, pointer: '', message: 'Content-Type is doubled' }));
    const text = renderHtml({ ...report, findings: named });
    expect(text).toContain('<mark><span class="h">content-type:</span>');
    expect(page).not.toContain('<mark><span class="h">content-type:</span>');
  });

  test('a SHOULD of a set that counts is labelled alike in what changed and in findings', () => {
    const traits = { provocation: 'p', seen: '422', place: '', gravity: 'body', findings: 1 } as const;
    const should = {
      check: 'no-extra-fields',
      operation: 'x',
      status: 422,
      level: 'SHOULD',
      set: 'contract',
      ...traits,
    } as const;
    const none = { fixed: [], still: [], lost: [], firstSeen: [] };
    const changes = { since: report.run.startedAt, verdict: 'conformant' } as const;
    const text = renderHtml({
      ...report,
      changes: { ...changes, ...none, new: [{ ...should, counted: false }] },
    });
    const [, section = ''] = text.split('<section id="changes"');
    expect(section.split('</section>')[0]).toContain('SHOULD</span> <span class="tag">contract</span>');
  });

  test('what is of this run only stands in one place', () => {
    const other = {
      id: 'x',
      startedAt: '2027-01-01T00:00:00Z',
      durationMs: 1,
      ms: report.run.ms.map(() => 3),
      values: {},
    };
    const run = /<dl class="facts" id="run"[^>]*>[\s\S]*?<\/dl>/;
    // The history is about the times of runs.
    const { history: _, ...single } = report;
    const [mine, its] = [single.run, other].map((each) => renderHtml({ ...single, run: each }));
    expect(its?.replace(run, '')).toBe(mine?.replace(run, ''));
    expect(its).not.toBe(mine);
  });

  test('a cause says since when it is there', () => {
    expect(page).toMatch(/<p class="breadth">[^<]* · there since <time datetime="2026-11-20T02:00:00.000Z"/);
  });

  test('a clause names the findings that broke it, and a case its own', () => {
    const clauses = page.split('<section id="clauses"')[1] ?? '';
    expect(clauses).toMatch(/Findings: <a href="#finding-[^"]+">no\. 1<\/a>/);
    const cells = (page.split('<section id="cells"')[1] ?? '').split('</section>')[0] ?? '';
    expect(cells).toMatch(/fail<\/td><td><a href="#finding-[^"]+">body-matches-schema<\/a>/);
  });

  test('only cells that pass or were not tested are folded', () => {
    const folds = tags.filter(({ attributes }) => attributes.get('data-item') === 'cell');
    for (const { attributes } of folds) {
      expect(attributes.has('open')).toBe(['fail', 'warn', 'error'].includes(attributes.get('data-o') ?? ''));
    }
  });

  test('a run in which nothing happened still makes a page', () => {
    expect(() => readTags(renderHtml(empty))).not.toThrow();
  });

  test('names that the report does not list are shown without a link', () => {
    const odd = renderHtml({ ...report, clauses: [], cells: [], evidence: [] });
    const read = readTags(odd);
    const known = read.flatMap(({ attributes }) => attributes.get('id') ?? []);
    const wanted = read
      .flatMap(({ attributes }) => attributes.get('href') ?? [])
      .filter((link) => link.startsWith('#'));
    expect(wanted.filter((link) => !known.includes(link.slice(1)))).toEqual([]);
  });

  test('the same report makes the same page', () => {
    expect(renderHtml(structuredClone(report))).toBe(page);
  });

  test('1,700 cases make less than a megabyte', () => {
    const large = makeReport(20);
    expect(large.cells.reduce((sum, { cases }) => sum + cases.length, 0)).toBeGreaterThan(1700);
    expect(new TextEncoder().encode(renderHtml(large)).length).toBeLessThan(1_000_000);
  });
});

describe('generated input', () => {
  const [first] = report.findings;
  if (first === undefined) throw new Error('The sample has no finding.');
  const generated: Report = {
    ...report,
    target: { ...report.target, generation: { level: 'deep', seed: 42, budget: 900 } },
    cells: report.cells.map((cell) =>
      cell.operation === first.operation && cell.status === first.status
        ? { ...cell, probes: { sent: 900, broken: 17, statuses: { 422: 883, 500: 17 }, kinds: [] } }
        : cell,
    ),
    findings: report.findings.map((finding) => (finding === first ? { ...finding, probes: 17 } : finding)),
  };
  const text = renderHtml(generated);

  test('says how much there was, and how to do it again', () => {
    expect(text).toContain('900 generated requests: CONFORMANCE_GENERATE=deep CONFORMANCE_SEED=42');
    expect(page).not.toContain('CONFORMANCE_SEED');
  });

  test('shows what many requests have in common once, with their number', () => {
    expect(text).toContain('seen in 17 generated requests, the smallest is shown');
    expect(text).toMatch(/883 .*422|422.* 883/);
  });
});
