import { test } from '@playwright/test';
import { getContext } from '../config/context.ts';
import { isSwitched } from '../engine/plan.ts';
import { declareCell } from './cell-test.ts';

// Every error but the rate limit and what takes a switch: the cells do not touch each other, so they run in parallel.
test.describe.configure({ mode: 'parallel' });

for (const cell of getContext().plan.cells) {
  if (cell.notApplicable === undefined && cell.status !== 429 && !isSwitched(cell)) declareCell(cell);
}
