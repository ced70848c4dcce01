import { test } from '@playwright/test';
import { CELL_ANNOTATION } from '../report/cell-carrier.ts';
import { ask } from './ask.ts';
import type { CellTest } from './list-tests.ts';
import { readShared } from './run-directory.ts';

/**
 * Declares the tests of the cells that end in a phase, by operation. Workers read what there is to declare; where no run was set
 * up, as for a list of the tests, it is worked out here.
 */
export async function declareCells(phase: string): Promise<void> {
  const tests = readShared<CellTest[]>('tests.json') ?? (await workOut());
  const own = tests.filter((each) => each.phase === phase);
  for (const operation of new Set(own.map((each) => each.operation)))
    test.describe(operation, () => {
      for (const each of own) if (each.operation === operation) declareCell(each);
    });
}

async function workOut(): Promise<CellTest[]> {
  const [{ getContext, isConfigured }, { listTests }] = await Promise.all([
    import('../config/context.ts'),
    import('./list-tests.ts'),
  ]);
  if (!isConfigured()) refuse();
  return listTests(getContext().plan);
}

/** Playwright takes a directory without a configuration for a project of its own, with neither a runner nor a report. */
function refuse(): never {
  console.error(
    `Playwright found no playwright.config.ts in ${process.cwd()}; start it where that lies, or name it with --config.`,
  );
  process.exit(1);
}

/** A cell is provoked by the runner of the run; its test waits for what came of it, and says so. */
function declareCell({ cell, status, tag, untestable }: CellTest): void {
  const annotation = { type: CELL_ANNOTATION, description: cell };
  if (untestable !== undefined) {
    test.skip(status, { tag, annotation: [annotation, { type: 'untestable', description: untestable }] }, () => {});
    return;
  }
  test(status, { tag, annotation }, async ({ browserName: _ }, info) => {
    const { status: ended, message, enclosures } = await ask(cell, `${info.repeatEachIndex}.${info.retry}`);
    // Pushed and not attach()ed: attaching is a step, and a step costs more than the cell's own requests.
    for (const { name, contentType, ...what } of enclosures)
      info.attachments.push({ name, contentType, ...('path' in what ? what : { body: Buffer.from(what.text) }) });
    if (ended === 'skipped') info.skip(true, message);
    if (ended === 'failed') throw bare(message);
  });
}

/** An error without a stack: where in our source it was thrown says nothing about the API. */
function bare(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
