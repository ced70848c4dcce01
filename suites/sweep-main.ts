import { isComplaint } from '../config/complaint.ts';
import { getContext, getSession } from '../config/context.ts';
import { loadEnvironment } from '../config/load-environment.ts';
import { SettingsError } from '../config/settings-error.ts';
import { findSharedAddress } from '../config/shared-address.ts';
import { sweepTarget } from './sweep-target.ts';

/*
 * What runs have left on a target, with the settings of a run:
 *   npm run sweep            lists it
 *   npm run sweep -- --yes   removes it, where CONFORMANCE_ALLOW has `write`, and exits 1 when something is left
 */

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!isComplaint(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run(words: string[]): Promise<number> {
  const removes = words.includes('--yes');
  if (words.some((word) => word !== '--yes'))
    throw new SettingsError(
      `"${words.join(' ')}" is no way to sweep; expected: npm run sweep, or npm run sweep -- --yes.`,
    );
  loadEnvironment();
  const { settings, plan } = getContext();
  if (settings.apiUrl === undefined)
    throw new SettingsError('API_URL is not set; expected the API that runs may have left something on.');
  if (removes && !settings.allow.includes('write'))
    throw new SettingsError(
      'CONFORMANCE_ALLOW does not have "write", so that nothing is removed; expected read,reject,write.',
    );
  const warning = await findSharedAddress(settings, plan.contract.servers);
  if (warning !== undefined) console.error(warning);
  return sweepTarget({ session: getSession(), say: (line) => console.log(line) }, removes);
}
