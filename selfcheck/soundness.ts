import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Report } from '../report/report.ts';

const ajv = new Ajv2020({ strict: true });
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL('../schemas/meta/report.schema.json', import.meta.url), 'utf8')) as object,
);

/**
 * What must hold of every report whatever the server did, and does not, one sentence each: it is valid, nothing passes
 * whose control did not hold, no cell passes without an organic pass, and what was not tested says why.
 */
export function findUnsound(report: Report): string[] {
  const problems: string[] = [];
  if (!validate(report)) problems.push(`the report is not valid: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
  const held = new Map(report.controls.map((control) => [control.id, control.held]));
  for (const cell of report.cells) {
    const place = `${cell.operation} ${cell.status}`;
    for (const each of cell.cases.filter(({ outcome }) => outcome === 'pass' || outcome === 'warn')) {
      if (each.controls.length === 0) problems.push(`${place} ${each.id} passes without a control`);
      for (const id of each.controls.filter((control) => held.get(control) !== true))
        problems.push(`${place} ${each.id} passes though its control ${id} did not hold`);
    }
    const isProvoked = cell.cases.some((each) => each.provenance === 'organic' && each.outcome === 'pass');
    if (cell.outcome === 'pass' && !isProvoked) problems.push(`${place} passes without an organic pass`);
    const isOpen = ['untestable', 'error', 'not-applicable'].includes(cell.outcome);
    if (isOpen && !cell.reason) problems.push(`${place} is ${cell.outcome} and does not say why`);
  }
  return problems;
}
