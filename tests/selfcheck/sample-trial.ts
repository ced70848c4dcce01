import { mutantOf } from '../../selfcheck/score.ts';
import type { Trial } from '../../selfcheck/trial.ts';

/** The trial of a mutant that was killed by exactly the right checks. */
export function killed(id: string, change: Partial<Trial> = {}): Trial {
  const tripped = [...(mutantOf(id)?.trips ?? [])].sort();
  return { kind: 'mutant', id, ended: 'non-conformant', tripped, problems: [], requests: 10, ms: 5, ...change };
}
