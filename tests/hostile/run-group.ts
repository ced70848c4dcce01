import type { Target } from '../../runner/session.ts';
import { attack } from './attack.ts';

/*
 * Runs against hostile servers that are up, one after the other, and prints what came of each as a line of JSON; at last the
 * peak memory of this process in megabytes. The argument is a JSON list of ids and targets.
 */

for (const { id, target } of JSON.parse(process.argv[2] ?? '[]') as { id: string; target: Target }[])
  console.log(JSON.stringify(await attack(id, target)));
// Linux counts in kilobytes, and so does Node everywhere.
console.log(JSON.stringify({ peakMb: process.resourceUsage().maxRSS / 1024 }));
