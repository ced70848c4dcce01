import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FAMILIES } from '../../reference/mutants/mutant.ts';
import type { Measured, PeerResult } from './results.ts';

/*
 * Puts what was measured beside what the selfcheck found, into the README:
 *   npm run selfcheck -- --json own.json && npx tsx bench/detection/table.ts --own own.json
 */

const README = new URL('../../README.md', import.meta.url);
const RESULTS = new URL('results/', import.meta.url);
const [BEGIN, END] = ['<!-- detection:begin -->', '<!-- detection:end -->'];

/** One row of the selfcheck's own file. */
type Own = {
  kind: string;
  id: string;
  family?: string;
  tripped: string[];
  problems: string[];
  requests: number;
  ms: number;
};
type Column = Pick<PeerResult, 'name' | 'version' | 'trials'>;

const { values } = parseArgs({ options: { own: { type: 'string' } } });
if (values.own === undefined) throw new Error('--own FILE is missing; npm run selfcheck -- --json FILE writes it.');
const peers = readdirSync(RESULTS).map(
  (name) => JSON.parse(readFileSync(new URL(name, RESULTS), 'utf8')) as PeerResult,
);
const columns: Column[] = [ownColumn(values.own), ...peers];
const text = readFileSync(README, 'utf8');
const [from, to] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
writeFileSync(README, `${text.slice(0, from)}\n\n${renderTable(columns)}\n\n${text.slice(to)}`);

/** The selfcheck demands exactly the right checks; here, as of the others, only that something was noticed. */
function ownColumn(file: string): Column {
  const trials = (JSON.parse(readFileSync(file, 'utf8')) as Own[]).flatMap((own): Measured[] => {
    const { kind, id, requests, ms } = own;
    if (kind !== 'mutant' && kind !== 'variant') return [];
    const found = kind === 'mutant' ? own.tripped : own.problems;
    return [{ kind, id, family: own.family ?? kind, found, requests, ms }];
  });
  return { name: 'this suite', version: '', trials };
}

function renderTable(all: Column[]): string {
  const row = (title: string, cell: (trials: Measured[]) => string) =>
    `| ${[title, ...all.map(({ trials }) => cell(trials))].join(' | ')} |`;
  const noticed = (family: string) => (trials: Measured[]) => {
    const own = trials.filter((trial) => (family === 'all' ? trial.kind === 'mutant' : trial.family === family));
    return `${own.filter(({ found }) => found.length > 0).length} of ${own.length}`;
  };
  return [
    `| noticed | ${all.map(({ name, version }) => `${name} ${version}`.trim()).join(' | ')} |`,
    `| --- |${' --- |'.repeat(all.length)}`,
    ...FAMILIES.map((family) => row(family, noticed(family))),
    row('**all seeded defects**', noticed('all')),
    row('false alarms on harmless variants', noticed('variant')),
    row('requests, median of a trial', (trials) => String(median(trials.map(({ requests }) => requests)))),
    row('seconds, median of a trial', (trials) => (median(trials.map(({ ms }) => ms)) / 1000).toFixed(1)),
  ].join('\n');
}

function median(numbers: number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}
