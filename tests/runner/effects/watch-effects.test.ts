import { describe, expect, test } from 'vitest';
import type { Alteration } from '../../../reference/alteration.ts';
import { ApiError } from '../../../reference/errors.ts';
import { EFFECTS } from '../../../reference/mutants/meaning/effects.ts';
import { handling } from '../../../reference/mutants/meaning/rewire.ts';
import type { Call, Handler } from '../../../reference/operations/call.ts';
import { EFFECTS as HARMLESS } from '../../../reference/variants/effects.ts';
import { visitSloppy } from '../sloppy.ts';

const seeded = (id: string): Alteration => EFFECTS.find((each) => each.id === id) ?? {};
const found = ({ report }: Awaited<ReturnType<typeof visitSloppy>>) =>
  report.findings.filter(({ check }) => check.startsWith('effect-'));

describe('an error that had its effect', () => {
  test.each([
    ['meaning-422-made', 'effect-422', /^answered 422, and it made \/destinations\/http_endpoints\/\S+ all the same/],
    ['meaning-422-changed', 'effect-422', /^answered 422, and "url".* has? ?.*the value that was sent all the same/],
    ['meaning-403-removed', 'effect-403', /^answered 403, and the object is gone all the same/],
  ])('%s is found by %s, once', async (id, check, message) => {
    const seen = await visitSloppy(seeded(id));
    expect(found(seen).map((each) => each.check)).toEqual([check]);
    expect(found(seen)[0]).toMatchObject({ level: 'MUST', set: 'contract' });
    expect(found(seen)[0]?.message).toMatch(message);
    expect(seen.left).toEqual([]);
    expect(seen.peak).toBeLessThanOrEqual(10);
  });

  test('of another status is a SHOULD of hygiene', async () => {
    const seen = await visitSloppy(seeded('meaning-400-made'), { counts: ['contract', 'hygiene'] });
    expect(found(seen)).toMatchObject([{ check: 'effect-behind-error', level: 'SHOULD', set: 'hygiene' }]);
  });
});

/** Makes what it refuses, the first time. */
function onceMade(act: (call: Call, own: Handler) => void): Alteration {
  let isDone = false;
  return {
    parts: handling('createHttpEndpoint', (call, own) => {
      try {
        return own(call);
      } catch (error) {
        const isNamed = typeof call.body.name === 'string' && call.body.name.startsWith('ecc-');
        if (isDone || !isNamed || !(error instanceof ApiError) || error.status !== 422) throw error;
        isDone = true;
        act(call, own);
        throw error;
      }
    }),
  };
}

test('what does not show again decides nothing, and is told and removed', async () => {
  const name = { url: 'https://x.invalid', headers: {}, encrypted_headers: {} };
  const once = onceMade((call, own) => void own({ ...call, body: { ...name, name: call.body.name }, check: () => {} }));
  const seen = await visitSloppy(once);
  expect(seen.report.findings).toEqual([]);
  expect(seen.left).toEqual([]);
  expect(seen.report.unasked?.join()).toContain('answered 422, and an object was made all the same');
});

test.each(HARMLESS)('$id: $differs', async (variant) => {
  const seen = await visitSloppy(variant, { counts: ['contract', 'http', 'hygiene'] });
  expect(seen.report.findings.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
});

test('without leave to write nothing is sent again', async () => {
  const seen = await visitSloppy(seeded('meaning-422-made'), { allow: ['read', 'reject'] });
  expect(seen.left).toEqual([]);
  expect(found(seen)).toEqual([]);
});
