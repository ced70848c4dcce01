import type { Alteration } from './alteration.ts';

/** An alteration by the name under which it can be served, and what it does in a few words. */
type Named = { id: string; about: string; alteration: Alteration };

/** Read only when one is asked for, because most starts need none. */
const CATALOGUES: Record<string, () => Promise<Named[]>> = {
  mutant: async () =>
    (await import('./mutants/catalogue.ts')).MUTANTS.map((each) => ({ ...each, about: each.breaks, alteration: each })),
  variant: async () =>
    (await import('./variants/catalogue.ts')).VARIANTS.map((each) => ({
      ...each,
      about: each.differs,
      alteration: each,
    })),
  degenerate: async () =>
    (await import('./degenerate/catalogue.ts')).DEGENERATE.map((each) => ({
      ...each,
      about: each.does,
      alteration: each,
    })),
};

/** The alterations of a kind (`mutant`, `variant` or `degenerate`), one line each; throws when there is no such kind. */
export async function listAlterations(kind: string): Promise<string[]> {
  const read = CATALOGUES[kind];
  if (read === undefined)
    throw new Error(`--list must be one of ${Object.keys(CATALOGUES).join(', ')}, not "${kind}".`);
  return (await read()).map(({ id, about }) => `${id}  ${about}`);
}

/** The alteration that one of the flags `--mutant`, `--variant` and `--degenerate` names; none when none is given. */
export async function chooseAlteration(flags: Record<string, unknown>): Promise<Alteration> {
  const given = Object.entries(CATALOGUES).filter(([kind]) => flags[kind] !== undefined);
  const [kind, read] = given[0] ?? [];
  if (kind === undefined || read === undefined) return {};
  if (given.length > 1) throw new Error('Only one of --mutant, --variant and --degenerate can be served at a time.');
  const found = (await read()).find(({ id }) => id === flags[kind]);
  if (found === undefined) throw new Error(`--${kind} "${flags[kind]}" does not exist; --list ${kind} shows all.`);
  return found.alteration;
}
