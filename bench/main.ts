import { parseArgs } from 'node:util';
import { MEASURES, type Measured } from './measures.ts';
import { renderTable, summarise } from './table.ts';

/*
 * What a run costs, beside the least that could be done, measured in the same minutes: Playwright with as many tests that do
 * nothing, and a bare loop (node:http, a connection each, compiled ajv) that sends the same requests to the same API.
 *
 *   npm run bench                            everything: what is quick three times, what takes long once
 *   npm run bench -- --rounds 5              everything five times
 *   npm run bench -- --only embedded,empty   some of it
 *   npm run bench -- --json                  the medians as one JSON object, too, in the last line
 */

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, only: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const names = values.only?.split(',') ?? Object.keys(MEASURES);
const unknown = names.find((name) => !(name in MEASURES));
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (unknown !== undefined) leave(`There is no measure "${unknown}"; there are ${Object.keys(MEASURES).join(', ')}.`);
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) leave('--rounds must be a whole number from 1.');

const taken = new Map<string, Measured[]>(names.map((name) => [name, []]));
// Round by round, so that what is compared is measured in the same minutes.
for (let round = 0; round < (rounds ?? 3); round++)
  for (const [name, { isSlow, take }] of Object.entries(MEASURES)) {
    if (!names.includes(name) || (isSlow && rounds === undefined && round > 0)) continue;
    taken.get(name)?.push(await take());
  }
const summary = summarise(taken);
for (const line of renderTable(summary)) console.log(line);
if (values.json) console.log(JSON.stringify(summary.numbers));

function leave(complaint: string): never {
  console.error(complaint);
  process.exit(1);
}
