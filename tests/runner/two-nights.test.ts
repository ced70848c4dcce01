import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Generation } from '../../plan/case.ts';
import type { Alteration } from '../../reference/alteration.ts';
import { MUTANTS } from '../../reference/mutants/catalogue.ts';
import { startReference } from '../../reference/server.ts';
import { compareReports } from '../../report/changes.ts';
import type { Changes, Report } from '../../report/report.ts';
import { succeeds } from '../../report/verdict.ts';
import { renderConsole } from '../../reporters/console/render-console.ts';
import { CONTRACT, QUIET, runSuite } from '../../selfcheck/run-suite.ts';

/** Makes a request that asks for backfills look as if the token in its query stood where it belongs. */
const tokenFromQuery: Alteration = {
  parts: ({ authenticate }) => ({
    authenticate: (request) => {
      const { method, url = '' } = request;
      const token = /[?&]access_token=([^&]+)/.exec(url)?.[1];
      const isHere = method === 'POST' && url.includes('/backfills');
      if (!isHere || token === undefined) return authenticate(request);
      return authenticate({ rawHeaders: ['authorization', `Bearer ${token}`] } as IncomingMessage);
    },
  }),
};

const seeded = (id: string): Alteration => {
  const mutant = MUTANTS.find((each) => each.id === id);
  if (!mutant) throw new Error(`There is no seeded defect ${id}.`);
  return mutant;
};

/** Cells of http_endpoints cannot be judged: nothing that the run makes is found again. */
const forgetful: Alteration = {
  answer: (answer, { operation, method }) =>
    method === 'GET' && operation === 'getHttpEndpoint' && answer.status === 200
      ? { ...answer, status: 503, headers: [], body: '' }
      : answer,
};

/** A night of its own: another server, another port, other objects. */
async function night(alteration: Alteration, run: string, tags: string[], generation?: Generation): Promise<Report> {
  const reference = await startReference({ operations: CONTRACT.operations, alteration });
  try {
    return await runSuite(reference, { run, tags, allow: QUIET, ...(generation && { generation }) });
  } finally {
    await reference.close();
  }
}

function compare(before: Report, after: Report): { changes: Changes; green: boolean } {
  const changes = compareReports(before, after);
  return { changes, green: succeeds({ ...after, changes }, { require: [], failOn: 'new' }) };
}

const HOME = ['http_endpoints'];
const CHILDREN = ['backfills', 'sink_consumers', 'sinks', 'postgres_databases', 'http_endpoints'];
const tagsOf = (...names: string[]) => {
  const known = new Set(CONTRACT.operations.map(({ tag }) => tag));
  const found = names.filter((name) => known.has(name));
  return found.length > 0 ? found : [...known];
};

describe('two nights', { timeout: 120_000 }, () => {
  test('a hole in a cell that was red already is new, and is named first', async () => {
    const [first, second] = [
      await night(tokenFromQuery, 'one', tagsOf(...CHILDREN)),
      await night(seeded('meaning-401-create-open'), 'two', tagsOf(...CHILDREN)),
    ];
    expect(first.findings.map(({ check, provocation }) => [check, provocation])).toContainEqual([
      'url-credential-refused',
      'token-in-query',
    ]);
    const { changes, green } = compare(first, second);
    expect(green).toBe(false);
    expect(changes.new).toContainEqual(
      expect.objectContaining({ operation: 'createBackfill', provocation: 'no-authorization', gravity: 'let-in' }),
    );
    // Where nobody is asked for a token, nobody can tell whether one in the query would count.
    expect(changes.fixed).toEqual([]);
    const screen = { color: false, width: 120, height: 60, reportPath: undefined };
    expect(renderConsole({ ...second, changes }, screen)).toMatch(
      /What changed .*\n {2}new MUST meaning-401: no-credential answered 200 /,
    );
    expect(renderConsole(second, screen)).toMatch(/ 1\. MUST contract meaning-401 {2}no-credential answered 200;/);
  });

  test('the same night twice is green, with all that could not be judged; the night after is not where more is lost', async () => {
    const [first, second] = [await night(forgetful, 'one', HOME), await night(forgetful, 'two', HOME)];
    expect(second.cells.some(({ outcome }) => outcome === 'error')).toBe(true);
    expect(compare(first, second)).toMatchObject({ green: true, changes: { new: [], firstSeen: [], lost: [] } });
    const { green, changes } = compare(await night({}, 'zero', HOME), second);
    expect(green).toBe(false);
    expect(changes.lost.length).toBeGreaterThan(0);
    for (const { reason } of changes.lost) expect(reason).not.toBe('');
  });

  test.each(['body-framework', 'leak-reason', 'meaning-404-deleted-stays', 'place-second-time-500'])(
    'the same defect is never new on another server, with other objects: %s',
    async (id) => {
      const [first, second] = [await night(seeded(id), 'one', HOME), await night(seeded(id), 'two', HOME)];
      expect(compare(first, second)).toMatchObject({ green: true, changes: { new: [], firstSeen: [], fixed: [] } });
    },
  );

  test.each(['input-nul', 'input-long-text', 'input-framework'])('nor from another seed: %s', async (id) => {
    const from = (seed: number): Generation => ({ level: 'quick', seed, budget: 200 });
    const [first, second] = [
      await night(seeded(id), 'one', HOME, from(1)),
      await night(seeded(id), 'two', HOME, from(7)),
    ];
    expect(second.findings.length).toBeGreaterThan(0);
    expect(compare(first, second)).toMatchObject({ green: true, changes: { new: [] } });
  });
});
