import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Report } from '../engine/report.ts';
import { renderHtml } from './html/render-html.ts';

/** Writes every file of the report and yields the path of the one to open, as seen from here. */
export function writeReport(report: Report, directory: string): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(directory, 'index.html'), renderHtml(report));
  const path = join(directory, 'index.html');
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? resolve(path) : near;
}
