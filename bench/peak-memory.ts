import type { Target } from '../runner/session.ts';
import { runInProcess } from './run-in-process.ts';

/*
 * A process that carries the plan out and tells how many exchanges that were and how much memory it had at its peak, in MB. The
 * target is told on its standard input; `few` leaves out three cells of five and most of what is generated (about 1,000 exchanges), `many` generates on and on (about 100,000).
 *
 *   node --import tsx bench/peak-memory.ts few|many
 */

const EXTENTS = {
  few: { generation: { level: 'quick', seed: 1, budget: 200 }, keeps: (_: unknown, index: number) => index % 5 < 2 },
  many: { generation: { level: 'deep', seed: 1, budget: 170_000 } },
} as const;

const extent = EXTENTS[process.argv[2] as keyof typeof EXTENTS];
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const target = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Target;
let exchanges = 0;
await runInProcess(target, extent, () => {
  exchanges += 1;
});
console.log(JSON.stringify({ exchanges, megabytes: process.resourceUsage().maxRSS / 1024 }));
