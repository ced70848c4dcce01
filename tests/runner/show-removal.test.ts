import { expect, test } from 'vitest';
import { showRemoval, tellLeft } from '../../runner/show-removal.ts';
import { shopContract } from './shop/contract.ts';

const contract = shopContract(['/items']);
const removal = (id: string) => ({ operation: 'remove-items', params: { id } });

test('the command that removes an object names base URL and token as the settings are, and holds neither', () => {
  expect(showRemoval({ contract }, removal('7'))).toMatch(
    /^curl .* -X DELETE .*-H 'Authorization: Bearer '"\$API_TOKEN" .*"\$API_URL"\/items\/7$/,
  );
  expect(showRemoval({ contract }, removal("$&'x"))).toMatch(/ "\$API_URL"'\/items\/%24%26'\\''x'$/);
});

test('where the operation is served below another path, so is the command', () => {
  const operations = contract.operations.map((each) => ({ ...each, server: { from: '/v1', to: '/v2' } }));
  expect(showRemoval({ contract: { ...contract, operations } }, removal('7'))).toMatch(
    / "\$\{API_URL%\/v1\}\/v2"\/items\/7$/,
  );
});

test('what is left is told one by one, in bounds, and what removes all of it', () => {
  const left = Array.from({ length: 23 }, (_, index) => ({ removal: removal(String(index)), why: `no ${index}` }));
  const told = tellLeft({ contract }, left, []);
  expect(told.length).toBe(22);
  expect(told[0]).toMatch(/^an object of this run was left behind: no 0\. This removes it: curl /);
  expect(told.slice(-2)).toEqual([
    '3 more objects of this run were left behind.',
    '"npm run sweep -- --yes" removes what is left of this run.',
  ]);
  const marks = left.slice(-1).map((each) => each.removal);
  expect(tellLeft({ contract }, left, marks).at(-1)).toMatch(/, an hour from now\.$/);
  expect(tellLeft({ contract }, [], marks)).toEqual([]);
});
