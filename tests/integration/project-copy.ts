import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Piece } from '../support/unpack.ts';
import { ROOT } from './support.ts';

/** What the suite consists of. */
const PARTS = [
  'config',
  'documents',
  'exchange',
  'judge',
  'model',
  'package.json',
  'plan',
  'playwright.config.ts',
  'provocations',
  'report',
  'reporters',
];
const MORE = ['runner', 'schemas', 'suites', 'targets', 'tsconfig.json'];

/** Copies the project for the time that `work` takes, so that settings files and target profiles of a test's own can be put into it. */
export async function withProjectCopy<Result>(work: (root: string) => Promise<Result>): Promise<Result> {
  const root = mkdtempSync(join(tmpdir(), 'ecc-project-'));
  try {
    for (const part of [...PARTS, ...MORE]) cpSync(join(ROOT, part), join(root, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    return await work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Every file below a directory, links not followed. One that vanishes meanwhile is left out. */
export function readTree(directory: string, isWanted: (file: string) => boolean = () => true): Piece[] {
  mkdirSync(directory, { recursive: true });
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !isWanted(file)) return [];
    try {
      return [{ name: relative(directory, file), bytes: readFileSync(file) }];
    } catch {
      return [];
    }
  });
}

/**
 * Keeps a copy of every state in which a file below a directory is seen; the function stops that and yields them. Archives
 * are left out: one that is still being written cannot be opened.
 */
export function watchTree(directory: string): () => Piece[] {
  const seen = new Map<string, Piece>();
  const look = () => {
    const isNew = (file: string) => {
      const state = stateOf(file);
      return state !== undefined && !file.endsWith('.zip') && !seen.has(`${relative(directory, file)} ${state}`);
    };
    for (const piece of readTree(directory, isNew))
      seen.set(`${piece.name} ${stateOf(join(directory, piece.name))}`, piece);
  };
  const timer = setInterval(look, 100);
  return () => {
    clearInterval(timer);
    return [...seen.values()];
  };
}

function stateOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats && `${stats.size} ${stats.mtimeMs}`;
}
