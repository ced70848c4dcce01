/** Where a peer finds what it is to test, and a directory of its own to write to. */
export type Trial = { url: string; token: string; documentFile: string; directory: string };

/** Another tool, set up as its own documentation advises for error responses. */
export type Peer = {
  name: string;
  /** The version as the tool itself tells it. */
  version(): Promise<string>;
  /** The commands with placeholders, for the reader. */
  command: string;
  /** Tests once; `seed` varies what is random. Yields what failed as keys of check and operation. */
  run(trial: Trial, seed: number): Promise<string[]>;
};
