import { describe, expect, test } from 'vitest';
import type { Alteration } from '../../../reference/alteration.ts';
import { EFFECTS } from '../../../reference/mutants/meaning/effects.ts';
import { runSuite } from '../../../selfcheck/run-suite.ts';
import { withReference } from '../support.ts';

const SINKS = ['sinks', 'backfills', 'http_endpoints', 'postgres_databases'];

/** What a run sends to the hidden object of a kind, and what it says. */
async function visit(alteration: Alteration, path: string, tags: string[]) {
  const sent: string[] = [];
  const watched: Alteration = {
    ...alteration,
    request: ({ method = '', url = '', headers }) => {
      if (url.endsWith(path)) sent.push(`${method} ${headers.authorization?.slice(0, 8) ?? 'nobody'}`);
    },
  };
  const report = await withReference({ alteration: watched }, (reference) =>
    runSuite(reference, { tags, allow: ['read', 'reject', 'write'] }),
  );
  return { report, sent, changes: sent.filter((each) => !/^(GET|HEAD)/.test(each)) };
}

const seeded = (id: string): Alteration => EFFECTS.find((each) => each.id === id) ?? {};

describe('a hidden object', () => {
  test('is asked for by the administrator before and after each request that would change it', async () => {
    const { report, sent } = await visit({}, '/http_endpoints/internal', ['http_endpoints']);
    expect(report.findings).toEqual([]);
    const at = sent.flatMap((each, index) => (/^(PATCH|DELETE)/.test(each) ? [index] : []));
    expect(at).toHaveLength(4);
    for (const index of at) {
      expect(sent[index - 1]).toMatch(/^GET/);
      expect(sent[index + 1]).toMatch(/^GET/);
    }
  });

  test.each([
    ['meaning-403-changed-unseen', '/sinks/internal', SINKS],
    ['meaning-403-removed', '/http_endpoints/internal', ['http_endpoints']],
  ])('%s: the first effect ends all that would change a hidden object', async (id, path, tags) => {
    const { report, changes } = await visit(seeded(id), path, tags);
    const own = report.findings.filter(({ check }) => check === 'effect-403');
    expect(own).toHaveLength(1);
    const method = own[0]?.message.includes('gone') ? 'DELETE' : 'PATCH';
    expect(changes.filter((each) => each.startsWith(method))).toHaveLength(1);
    // What came before it may have been refused as it should.
    expect(changes.at(-1)).toMatch(new RegExp(`^${method}`));
  });

  test('is given no name of ours', async () => {
    const bodies: string[] = [];
    const noting: Alteration = {
      parts: ({ parseBody }) => ({
        parseBody: (request, body, required) => {
          if (request.url?.endsWith('/sinks/internal')) bodies.push(String(body));
          return parseBody(request, body, required);
        },
      }),
    };
    await visit(noting, '/sinks/internal', SINKS);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) expect(body).not.toContain('"name"');
  });
});
