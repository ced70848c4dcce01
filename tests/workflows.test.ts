import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { VARIABLES } from '../config/variables.ts';

type Step = { uses?: string; run?: string; env?: Record<string, string> };
type Job = { steps: Step[]; permissions?: object; env?: Record<string, string>; 'timeout-minutes'?: number };
type Workflow = { jobs: Record<string, Job>; permissions?: object; concurrency?: object; env?: Record<string, string> };

const ROOT = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const files = readdirSync(new URL('.github/workflows/', ROOT)).map((name) => `.github/workflows/${name}`);
const workflows = files.map((file) => [file, load(read(file)) as Workflow] as const);
const action = load(read('.github/actions/shard/action.yml')) as { runs: { steps: Step[] } };
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const jobsOf = ({ jobs }: Workflow) => Object.entries(jobs);
const allSteps = [
  ...workflows.flatMap(([, workflow]) => jobsOf(workflow).flatMap(([, job]) => job.steps)),
  ...action.runs.steps,
];

// What is wrong as a workflow is found by actionlint (.ci/run); here is what it cannot know of this project.
describe.each(workflows)('%s', (file, workflow) => {
  test('says what it may, how long it takes at most, and what it does beside itself', () => {
    expect(workflow.permissions).toBeDefined();
    expect(workflow.concurrency).toBeDefined();
    for (const [name, job] of jobsOf(workflow)) {
      expect(job['timeout-minutes'], name).toBeGreaterThan(0);
      if (Object.keys(workflow.permissions ?? {}).length === 0) expect(job.permissions, name).toBeDefined();
    }
  });

  test('gives the tokens of the API only to jobs that call it', () => {
    for (const [name, job] of jobsOf(workflow)) {
      const calls = job.steps.some(({ uses }) => uses === './.github/actions/shard');
      expect(JSON.stringify(job).includes('secrets.'), name).toBe(calls);
    }
    expect(JSON.stringify(workflow.env ?? {})).not.toContain('secrets.');
  });

  test('sets only what is a setting', () => {
    // Names of Actions' own variables, which stand before a dot, are none.
    const names = [...read(file).matchAll(/(?<![.\w])((?:CONFORMANCE|API)_[A-Z_]+)(?==|:\s|$)/gm)].map(
      ([, name]) => name,
    );
    const known = [...Object.keys(VARIABLES), 'CONFORMANCE_PUBLISH'];
    for (const name of names) expect(known).toContain(name);
  });
});

test('the nightly workflow sets settings, and the shards only such as the merge takes over from them', () => {
  const nightly = workflows.find(([file]) => file.endsWith('/conformance.yml'))?.[1];
  expect(Object.keys(nightly?.env ?? {})).toContain('CONFORMANCE_ALLOW');
  // Without a baseline it would end each shard.
  expect(Object.keys(nightly?.env ?? {})).not.toContain('CONFORMANCE_FAIL_ON');
});

test('every action is pinned by its commit, with the version beside it, or of this project', () => {
  const lines = [...files, '.github/actions/shard/action.yml'].flatMap((file) => read(file).split('\n'));
  const used = lines.flatMap((line) => /\buses: (.+)$/.exec(line)?.[1] ?? []);
  expect(used).toHaveLength(allSteps.filter(({ uses }) => uses !== undefined).length);
  for (const uses of used)
    expect(uses).toMatch(/^(actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/actions\/shard)$/);
});

test('every npm script that is run is there', () => {
  const run = allSteps.flatMap((step) =>
    [...(step.run ?? '').matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? ''),
  );
  expect(run).toContain('merge');
  for (const name of run) expect(scripts).toHaveProperty([name]);
});
