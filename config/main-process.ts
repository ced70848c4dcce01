import { isComplaint } from './complaint.ts';
import { getBaseline, getContext, getHistory, getWaivers } from './context.ts';
import { loadEnvironment } from './load-environment.ts';
import { chooseOutputDirectory } from './output-directory.ts';
import { makeMetadata } from './shard-record.ts';

const MOST_COMPLAINTS = 5;

/** Reads settings and contract before anything is sent, and all files that they name, for the suite that lies at `root`; what is wrong with them is one sentence and not a stack. */
export function readConfig(root: string): {
  forbidOnly: boolean;
  outputDir: string;
  metadata: Record<string, unknown>;
} {
  try {
    loadEnvironment();
    getBaseline();
    complain(getHistory()?.complaints ?? []);
    getWaivers();
    // What `merge-reports` has to know of this run; a blob keeps it.
    const metadata = makeMetadata(getContext());
    return { forbidOnly: Boolean(process.env.CI), outputDir: chooseOutputDirectory(root), metadata };
  } catch (error) {
    if (!isComplaint(error)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** A directory of artifacts may hold all sorts of things: the first of them will do. */
function complain(complaints: readonly string[]): void {
  for (const complaint of complaints.slice(0, MOST_COMPLAINTS)) console.error(complaint);
  const rest = complaints.length - MOST_COMPLAINTS;
  if (rest > 0) console.error(`CONFORMANCE_HISTORY: ${rest} more files are no reports; they are left out.`);
}
