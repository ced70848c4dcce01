import { test } from '@playwright/test';
import { declareCells } from './declare-cells.ts';

// What may have somebody locked out, where the target profile does not say that nobody is: after everything else. Playwright takes files by
// name, so that no test waits here while others could go on.
test.describe.configure({ mode: 'parallel' });

await declareCells('credentials');
