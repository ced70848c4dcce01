import { test } from '@playwright/test';
import { declareCells } from './declare-cells.ts';

// What touches nothing else: each test only waits for the runner, so that they may wait side by side.
test.describe.configure({ mode: 'parallel' });

await declareCells('requests');
