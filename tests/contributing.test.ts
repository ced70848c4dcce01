import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, describe, expect, test } from 'vitest';
import { loadTarget } from '../config/target-profile.ts';
import { expandCell, planCells } from '../plan/plan.ts';
import { deriveResources, operationOf } from '../plan/resources.ts';
import { provocationsFor } from '../provocations/catalogue.ts';
import { buildRequest } from '../provocations/request.ts';
import { answersTo } from '../schemas/answers.ts';
import { CONDITIONS, type Condition } from '../schemas/conditions.ts';
import type { Contract } from '../schemas/contract.ts';
import { loadContract } from '../schemas/load-contract.ts';
import { capabilitiesOf, worldOf } from './provocations/sample-scene.ts';
import { copyContract } from './support/copy-contract.ts';

const GUIDE = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');

/** What the guide says of something that can be added. */
const adviceOn = (what: string) =>
  new RegExp(`^- \\*\\*${what}\\*\\*: ([\\s\\S]*?)(?=\\n- \\*\\*|\\n\\n)`, 'm').exec(GUIDE)?.[1];

/** The contract that comes with the suite, with one thing changed in its document. */
// biome-ignore lint/suspicious/noExplicitAny: a document as it is written
function changed(change: (document: any) => void): Contract {
  const file = join(copyContract(), 'openapi.yaml');
  const document = load(readFileSync(file, 'utf8'));
  change(document);
  writeFileSync(file, JSON.stringify(document));
  return loadContract(join(file, '..'));
}

describe('what is added is a line, as the guide says', () => {
  test('a status is one of the contract', () => {
    expect(adviceOn('a status')).toContain('`x-status-names`');
    const contract = changed((document) => {
      document['x-status-names']['418'] = 'I am a teapot';
      for (const path of Object.values<Record<string, Record<string, object>>>(document.paths))
        for (const operation of Object.values(path).filter((each) => 'responses' in each))
          operation['x-not-applicable'] = { ...operation['x-not-applicable'], 418: 'no tea is made here' };
      const { get } = document.paths['/sinks'];
      delete get['x-not-applicable']['418'];
      get.responses['418'] = document.components.responses.NotFound;
    });
    const recipe = { status: 418, operations: ['listSinks'], title: 'tea is asked for', headers: { 'X-Brew': 'tea' } };
    const profile = { ...loadTarget('reference'), faults: [recipe] };
    const capabilities = capabilitiesOf({ profile });
    const cell = planCells(contract, provocationsFor(contract), capabilities).find(({ status }) => status === 418);
    const scene = { contract, resources: deriveResources(contract), capabilities, world: worldOf('own') };
    expect(cell && expandCell(cell, scene).cases).toEqual([
      expect.objectContaining({ id: 'fault-recipe-418:1', expected: [418] }),
    ]);
    expect(contract.clauses.map(({ id }) => id)).toEqual(expect.arrayContaining(['meaning-418', 'fields-418']));
  });

  test('a security scheme is one of the document, and where it is of a new kind one of one file', () => {
    expect(adviceOn('a security scheme')).toContain('`provocations/credentials.ts`');
    const contract = changed((document) => {
      document.components.securitySchemes = { own: { type: 'http', scheme: 'PRIVATE-TOKEN' } };
      document.security = [{ own: [] }];
    });
    const { headers } = buildRequest(operationOf(contract, 'listSinks'), {});
    expect(headers).toContainEqual(['Authorization', 'PRIVATE-TOKEN {{token}}']);
  });

  describe('a condition', () => {
    const table = CONDITIONS as Record<string, { means: string; answers: number[][] }>;
    afterEach(() => {
      delete table.tired;
    });

    test('is one of one file, and its name of two schemas', () => {
      const advice = adviceOn('a condition');
      for (const file of ['schemas/conditions.ts', 'waivers.schema.json', 'report.schema.json'])
        expect(advice).toContain(file);
      table.tired = { means: 'it is late', answers: [[503], [404]] };
      const tired = 'tired' as Condition;
      const contract = changed((document) => {
        document.paths['/sinks'].get['x-answers'] = { tired: [401, 429] };
      });
      const [own, usual] = ['listSinks', 'getSink'].map((id) => answersTo(tired, operationOf(contract, id), contract));
      expect([own?.required, usual?.required]).toEqual([[401, 429], [404]]);
    });
  });
});
