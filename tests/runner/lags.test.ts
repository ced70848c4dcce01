import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Reference } from '../../reference/server.ts';
import type { Report } from '../../report/report.ts';
import { runSuite } from '../../selfcheck/run-suite.ts';
import { type Passing, type Rules, withProxy } from './proxy.ts';
import { listEverything, withReference } from './support.ts';

type Visit = { report: Report; left: unknown; before: unknown };

/** A run on a reference behind a proxy, and what stood there before and stands there afterwards. */
function visit(tags: string[], rulesFor: (reference: Reference) => Rules, settledMs = 0): Promise<Visit> {
  return withReference({}, async (reference) => {
    const before = await listEverything(reference);
    const report = await withProxy(reference, rulesFor(reference), (proxy) =>
      runSuite(proxy, { tags, allow: ['read', 'reject', 'write'] }),
    );
    await sleep(settledMs);
    return { report, before, left: await listEverything(reference) };
  });
}

function expectSilence({ report, left, before }: Visit): void {
  expect(report.findings.map(({ check, operation, case: sent }) => `${check} ${operation} ${sent}`)).toEqual([]);
  expect(report.errors).toEqual([]);
  expect(left).toEqual(before);
}

const untestedOf = ({ cells }: Report) =>
  cells.flatMap(({ cases }) => cases.filter(({ outcome }) => outcome !== 'pass')).map(({ reason }) => reason);

/** Answers a removal 202 and carries it out some milliseconds later. */
function putsOff(lagMs: number) {
  return ({ url }: Reference): Rules => {
    const pending = new Set<string>();
    return {
      async request(passing) {
        const { method, target, headers } = passing;
        if (method !== 'DELETE') return passing;
        const accepted = { answer: { status: 202, headers: { 'content-type': 'application/json' }, body: '{}' } };
        if (pending.has(target)) return accepted;
        const authorization = tokenOf(headers);
        const seen = await fetch(url + target, { headers: { authorization } });
        await seen.arrayBuffer();
        if (seen.status !== 200) return passing;
        pending.add(target);
        setTimeout(async () => {
          await fetch(url + target, { method, headers: { authorization } });
          pending.delete(target);
        }, lagMs);
        return accepted;
      },
    };
  };
}

function tokenOf(headers: Passing['headers']): string {
  const at = headers.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === 'authorization');
  return headers[at + 1] ?? '';
}

describe('a removal that is accepted (202) and carried out later', () => {
  test('is waited for', async () => {
    const seen = await visit(['http_endpoints'], putsOff(700), 800);
    expectSilence(seen);
    expect(untestedOf(seen.report)).toEqual([]);
  });

  test('may yet be refused', async () => {
    const seen = await visit(['sinks', 'backfills', 'http_endpoints', 'postgres_databases'], putsOff(700), 800);
    expectSilence(seen);
    expect(new Set(untestedOf(seen.report))).toEqual(
      new Set(['answered 202: it was accepted, and may yet be refused']),
    );
  });

  test('leaves what builds on it untested where that takes too long', async () => {
    const seen = await visit(['http_endpoints'], putsOff(12_000), 12_300);
    expectSilence(seen);
    expect(new Set(untestedOf(seen.report))).toEqual(
      new Set([expect.stringMatching(/the removal was accepted \(202\), and the object was still there 10 s later$/)]),
    );
    expect(seen.report.verdict).toBe('incomplete');
  });
});

/** Objects are found only some milliseconds after they were made. */
function lagsBehind(lagMs: number): Rules {
  const madeAt = new Map<string, number>();
  return {
    answer(back, { method, target }) {
      if (method === 'POST' && back.status < 300)
        madeAt.set((JSON.parse(String(back.body)) as { id: string }).id, performance.now());
      const id = target.split('?')[0]?.split('/').at(-1) ?? '';
      const isHidden = method !== 'POST' && performance.now() - (madeAt.get(id) ?? 0) < lagMs;
      return isHidden && back.status < 300 ? { ...back, status: 404, body: '{"summary":"Not found."}' } : back;
    },
  };
}

test('what was just made is looked for until it is found', async () => {
  const seen = await visit(['http_endpoints'], () => lagsBehind(400));
  expectSilence(seen);
  expect(untestedOf(seen.report)).toEqual([]);
});

/** Ids are whole numbers of 64 bits, written as JSON numbers. */
function numbersIds(): Rules {
  const shown = new Map<string, string>();
  const meant = new Map<string, string>();
  const show = (uuid: string): string => {
    const own = shown.get(uuid) ?? String(725653563933458433n + 2n * BigInt(shown.size));
    shown.set(uuid, own);
    meant.set(own, uuid);
    return own;
  };
  return {
    request: (passing) => ({
      ...passing,
      target: passing.target.replace(/\/(\d{15,})(?=[/?]|$)/g, (all, id) =>
        meant.has(id) ? `/${meant.get(id)}` : all,
      ),
    }),
    answer: (back) =>
      back.status < 300
        ? {
            ...back,
            body: String(back.body).replace(/"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g, (_, id) => show(id)),
          }
        : back,
  };
}

test('ids beyond 2^53 are named as they are written', async () => {
  const seen = await visit(['sinks', 'backfills', 'http_endpoints', 'postgres_databases'], numbersIds);
  expectSilence(seen);
});
