import { describe, expect, test } from 'vitest';
import { causeOf } from '../../../judge/fingerprint.ts';
import type { WaiverRecord } from '../../../report/waiver.ts';
import { renderHtml } from '../../../reporters/html/render-html.ts';
import { makeReport } from '../sample-report.ts';

const report = makeReport(2);
const page = renderHtml(report);
const sectionOf = (markup: string, id: string) =>
  new RegExp(`<section id="${id}"[\\s\\S]*?</section>`).exec(markup)?.[0].replace(/\s*\n\s*/g, ' ') ?? '';

describe('the section on waivers', () => {
  const section = sectionOf(page, 'waivers');

  test('has each with its state, its reason, its owner, its issue and its place', () => {
    expect(section).toContain('Waivers (2)');
    expect(section).toContain('the scores still count it as broken');
    expect(section).toMatch(/did not show.*fields-400: 400 on getStream, listStreams at \/items\/\*\/name/);
    expect(section).toContain('<span class="tag">intermittent</span>');
    expect(section).toMatch(/2026-12-01<small><span class="tag">about to expire<\/span>/);
    expect(section).toContain('<a href="https://issues.example.com/API-7"');
    expect(section).toMatch(/<td>bob<small>API-8<\/small><\/td>/);
    expect(section).toContain('delete lines 13 to 17');
    expect(section).toMatch(/<a href="#cell-getStream-404">404 <code>getStream<\/code><\/a>/);
  });

  test('shows what is hostile as text', () => {
    expect(section).toContain('The gateway answers &lt;script&gt;');
    expect(section).toContain('ann ␛[31mred');
  });

  test('is left out where there are none', () => {
    const { waivers: _, ...rest } = report;
    for (const without of [rest, { ...rest, waivers: [] }]) {
      expect(sectionOf(renderHtml(without), 'waivers')).toBe('');
      expect(renderHtml(without)).not.toContain('about to expire');
    }
  });
});

test('what is waived has a tag that leads to its waiver', () => {
  const [first] = report.findings;
  const findings = report.findings.map((each) =>
    first && causeOf(each) === causeOf(first) ? { ...each, waived: 1 } : each,
  );
  const markup = renderHtml({ ...report, findings });
  expect(markup).toContain('<a class="tag" href="#waiver-2">waived</a>');
  expect(markup).toContain('id="waiver-2"');
  const part = findings.map((each) => (each === findings[0] ? each : { ...each, waived: undefined }));
  const partly = part.map(({ waived, ...each }) => (waived === undefined ? each : { ...each, waived }));
  expect(renderHtml({ ...report, findings: partly })).toMatch(/href="#waiver-2">1 of \d+ waived<\/a>/);
});

test('what changed names what is waived, and the waivers about to expire', () => {
  const changes = report.changes as NonNullable<typeof report.changes>;
  const waived = changes.still.map((flaw) => ({ ...flaw, check: 'let-be', counted: false }));
  const section = sectionOf(renderHtml({ ...report, changes: { ...changes, waived } }), 'changes');
  expect(section).toMatch(/<summary>Waived <small>1<\/small><\/summary>\s*<ul.*<code>let-be<\/code>/);
  expect(section).toContain('1 still there, 1 waived, 1 cell no longer tested');
  expect(section).toMatch(/Waivers about to expire <small>1<\/small>.*<a href="#waiver-1">2026-12-01<\/a>/);
  const [silent] = report.waivers as [WaiverRecord];
  const { soon: _, ...calm } = silent;
  expect(sectionOf(renderHtml({ ...report, waivers: [calm] }), 'changes')).not.toContain('about to expire');
});
