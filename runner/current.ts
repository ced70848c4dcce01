import type { Runner } from './runner.ts';

/** The runner of this process: the set-up opens it, the reporter tells it what was selected, the teardown closes it. */
let current: Runner | undefined;

/** Makes a runner the one of this process, until another one is. */
export function setRunner(runner: Runner | undefined): void {
  current = runner;
}

/** The runner of this process, if one is open. */
export function getRunner(): Runner | undefined {
  return current;
}
