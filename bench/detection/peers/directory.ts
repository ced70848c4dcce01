import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the other tools are installed, as bench/detection/README.md says; git-ignored. */
const DIRECTORY = process.env.PEERS_DIR ?? fileURLToPath(new URL('../../../.peers/', import.meta.url));

/** A program from PyPI. */
export const python = (name: string): string => join(DIRECTORY, 'venv', 'bin', name);

/** A program from npm. */
export const npm = (name: string): string => join(DIRECTORY, 'node_modules', '.bin', name);
