import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { loadTarget } from '../../config/target-profile.ts';
import type { Danger, TargetProfile } from '../../plan/case.ts';
import { checkTarget } from '../../runner/preflight.ts';
import { makePlan, openSession } from '../../runner/session.ts';
import type { Contract, Operation } from '../../schemas/contract.ts';
import { answerJson, answerPerfectly, withServer } from './answers.ts';
import { shopContract } from './shop/contract.ts';

const GENERIC = loadTarget('generic');
const SHOP = shopContract(['/items']);

/** The contract of a shop, with some of its operations only, each of them perhaps changed. */
function only(...ids: (string | [id: string, change: Partial<Operation>])[]): Contract {
  const operations = ids.map((each) => {
    const [id, change] = typeof each === 'string' ? [each, {}] : each;
    const found = SHOP.operations.find((operation) => operation.id === id);
    if (!found) throw new Error(`There is no operation ${id}.`);
    return { ...found, links: [], ...change };
  });
  return { ...SHOP, operations };
}

type Set = { profile?: Partial<TargetProfile>; allow?: Danger[]; location?: string };

/** What is seen of a server that answers with a status or a JSON value; `asked` is all that it was asked. */
async function look(
  contract: Contract,
  answer: (request: IncomingMessage, isKnown: boolean) => number | object | string,
  { profile, allow = ['read', 'reject'], location }: Set = {},
) {
  const asked: string[] = [];
  const seen = await withServer(
    (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const answered = answer(request, request.headers.authorization === 'Bearer degenerate-token-1');
      if (typeof answered === 'number') answerPerfectly(response, answered);
      else if (typeof answered === 'object') answerJson(response, answered);
      else {
        const headers = { 'content-type': 'text/html', ...(location !== undefined && { location }) };
        response.writeHead(Number(answered.slice(0, 3)), headers).end(answered);
      }
    },
    async (target) => {
      const capabilities = { allow, tokenInUrl: false, admin: false, profile: { ...GENERIC, ...profile } };
      const session = openSession(makePlan(contract, capabilities, ['contract']), target, {
        timeoutMs: 5000,
        concurrency: 1,
      });
      return checkTarget(session, target.url).catch(({ name, message }: Error) => ({ name, message }));
    },
  );
  return { seen, asked };
}

const LIST = only(['list-items', { links: SHOP.operations[0]?.links ?? [] }], 'read-items');
const QUERY = { name: 'team', in: 'query', required: true, schema: { type: 'string' } } as const;
const objects = { 'read-items': { id: '7' } };
const TOKEN = 'that API_TOKEN is accepted';
const ALL = 'that this is the API and API_TOKEN is accepted';
const refusal = (message: RegExp) => ({ name: 'PreflightError', message: expect.stringMatching(message) });

test('a list that needs nothing is asked for, and has to be one', async () => {
  expect(await look(LIST, () => ({ data: [] }))).toEqual({
    seen: { showed: 'GET /items answered 200' },
    asked: ['GET /api/items'],
  });
  const { seen } = await look(LIST, () => ({ data: {} }));
  expect(seen).toEqual(refusal(/^API_URL is not this API: GET \S+\/items answered 200, and the body is not the/));
});

test.each([
  [401, /^The token is not accepted: GET \S+\/items with API_TOKEN answered 401; /],
  [404, /^API_URL is not the base URL of this API: GET \S+\/items answered 404; expected a list\. /],
  [500, /^The target is not ready: GET \S+\/items answered 500; expected 200\.$/],
])('a list that is answered by %i ends the run', async (status, message) => {
  expect((await look(LIST, () => status)).seen).toEqual(refusal(message));
});

test('a list that is answered by a redirect ends the run, and the sentence says where that leads', async () => {
  const answer = '301 Moved';
  const contract = LIST;
  const { seen } = await look(contract, () => answer, { location: 'https://api.example.com/items/' });
  expect(seen).toEqual(
    refusal(
      /^API_URL is not the base URL of this API: GET \S+\/items answered 301, which leads to https:\/\/api\.example\.com\/items\/; expected a list\. Redirects are never followed\.$/,
    ),
  );
});

test('what lists nothing will do, where it is JSON', async () => {
  const contract = only('list-items');
  expect((await look(contract, () => ({ name: 'me' }))).seen).toEqual({ showed: 'GET /items answered 200' });
  expect((await look(contract, () => '200 <html>')).seen).toEqual({
    unshown: `${ALL}: GET /items answered 200, and no JSON`,
  });
});

test('a list that needs a query is not asked for without it, and an object that the profile names is', async () => {
  const contract = only(['list-items', { parameters: [QUERY] }], 'read-items');
  expect(await look(contract, () => ({ id: 7 }), { profile: { objects } })).toEqual({
    seen: { showed: 'GET /items/{id} answered 200' },
    asked: ['GET /api/items/7'],
  });
});

test('a named object that is gone shows this API where it says so itself', async () => {
  const contract = only('read-items');
  const named = { profile: { objects } };
  expect((await look(contract, () => 404, named)).seen).toEqual({ showed: 'GET /items/{id} answered 404' });
  expect((await look(contract, () => '404 <html>', named)).seen).toEqual(
    refusal(/^API_URL is not the base URL .* expected 200\. Check .*, and the object that the target profile names\.$/),
  );
});

test('an id that nothing has shows that the token counts, where nobody else hears of it', async () => {
  const { seen, asked } = await look(only('read-items'), (_, isKnown) => (isKnown ? 404 : 401));
  expect(seen).toEqual({
    showed: 'GET /items/{id} of an id that nothing has answered 404, and 401 without a token',
  });
  expect(asked).toEqual([expect.stringMatching(/^GET \/api\/items\/\d+$/), asked[0]]);
});

test('it shows no such thing where everybody hears the same, as of a path that is wrong', async () => {
  expect((await look(only('read-items'), () => 404)).seen).toEqual({
    showed: 'GET /items/{id} of an id that nothing has answered 404',
    unshown: TOKEN,
  });
});

test('a token that is refused there is not accepted, and any other body is not of this API', async () => {
  expect((await look(only('read-items'), () => 401)).seen).toEqual(
    refusal(/^The token is not accepted: GET \S+ of an id/),
  );
  expect((await look(only('read-items'), () => '404 <html>')).seen).toEqual({
    unshown: `${ALL}: GET /items/{id} of an id that nothing has answered 404`,
  });
});

test('where nothing can be read, what has to be refused is asked for without a token', async () => {
  const contract = { ...only('make-items', 'remove-items') };
  const { seen, asked } = await look(contract, () => 401);
  expect(seen).toEqual({ showed: 'POST /items without a token answered 401', unshown: TOKEN });
  expect(asked).toEqual(['POST /api/items']);
});

test('where that may not be asked either, nothing is, and it is said', async () => {
  const { seen, asked } = await look(only('make-items'), () => 401, { allow: ['read'] });
  expect(seen).toEqual({ unshown: `${ALL}: the contract has nothing to ask for that changes nothing` });
  expect(asked).toEqual([]);
});
