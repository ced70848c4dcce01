/** What the environment tells of how a run was started. */
export type Launch = {
  /** Whether npm, or npx, started it, or whatever did. */
  isByNpm: boolean;
  /** Whether it was started to outlive its terminal: `nohup` is what the shell called, as it notes in `_`. */
  isNohup: boolean;
};

/** Reads how this process was started, as far as the environment tells. */
export function readLaunch(env: Record<string, string | undefined> = process.env): Launch {
  return {
    isByNpm: [env.npm_command, env.npm_lifecycle_event].some((each) => each !== undefined && each !== ''),
    isNohup: isNohup(env._),
  };
}

/** Whether what a shell notes in `_` of what it starts is nohup. */
export function isNohup(called: string | undefined): boolean {
  return called !== undefined && /(?:^|\/)nohup$/.test(called);
}

/** How long a worker may take to end once it was told to, in milliseconds: there is nothing that it has to do. */
const END_MS = '5000';

/**
 * Has Playwright wait no longer for workers than that, and not for five minutes: one that is told to end while it starts may never hear of it.
 */
export function hurryWorkers(env: Record<string, string | undefined> = process.env): void {
  env.PWTEST_CHILD_PROCESS_TIMEOUT ??= END_MS;
}
