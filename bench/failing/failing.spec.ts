import { test } from '@playwright/test';

test.describe.configure({ mode: 'parallel' });

for (let number = 0; number < Number(process.env.BENCH_TESTS ?? '1'); number++)
  test(`failing ${number}`, () => {
    throw new Error('it fails');
  });
