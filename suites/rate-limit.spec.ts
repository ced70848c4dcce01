import { test } from '@playwright/test';
import { declareCells } from './declare-cells.ts';

// The rate limit: one burst for all operations, after everything else. In this mode the file is one group, which no shard divides, not
// even with --fully-parallel.
test.describe.configure({ mode: 'default' });

await declareCells('burst');
