import type { Draft, FaultRecipe, Provocation, Scene, Yield } from '../plan/case.ts';
import { conditionOf } from '../schemas/conditions.ts';
import type { Operation } from '../schemas/contract.ts';
import { harmlessRequest } from './harmless.ts';
import { buildRequest } from './request.ts';

/** Whether a recipe or a switch of the profile is about a cell. */
export function isFor(
  { status, operations }: Pick<FaultRecipe, 'status' | 'operations'>,
  cell: { status: number; operation: Operation },
): boolean {
  return status === cell.status && (operations === 'all' || operations.includes(cell.operation.id));
}

/**
 * The provocation that follows a target profile's recipes for a status: the API's own error, reached in a way only that target knows.
 * Where it `isSilent`, it is nothing to miss that the profile has none.
 */
export function recipeCases(status: number, { isSilent }: { isSilent: boolean }): Provocation {
  return {
    id: `fault-recipe-${status}`,
    status,
    condition: conditionOf(status),
    title: 'An organic fault that the target profile describes',
    appliesTo: () => true,
    danger: () => 'fault',
    isFor: (operation, { profile }) =>
      !isSilent || profile.faults.some((recipe) => isFor(recipe, { status, operation })),
    lacks(operation, { profile }) {
      const known = profile.faults.some((recipe) => isFor(recipe, { status, operation }));
      return known ? undefined : `the target profile "${profile.name}" knows no organic way to a ${status} here`;
    },
    cases(operation, scene): Yield {
      const recipes = scene.capabilities.profile.faults.filter((recipe) => isFor(recipe, { status, operation }));
      const cases = recipes.map((recipe, index) => recipeCase(recipe, index, operation, scene));
      const untestable = cases.find((each) => 'untestable' in each);
      const made = cases.filter((each): each is Draft => !('untestable' in each));
      return made.length === 0 && untestable && 'untestable' in untestable ? untestable : made;
    },
  };
}

function recipeCase(
  recipe: FaultRecipe,
  index: number,
  operation: Operation,
  scene: Scene,
): Draft | { untestable: string } {
  const provocation = `fault-recipe-${recipe.status}`;
  const harmless = harmlessRequest(operation, scene, provocation);
  if ('untestable' in harmless) return harmless;
  const parts = { ...harmless.parts, params: { ...harmless.parts.params, ...recipe.params } };
  if (recipe.headers) parts.headers = Object.entries(recipe.headers);
  if (recipe.body) parts.body = { ...(parts.body as Record<string, never>), ...recipe.body };
  return {
    id: `${provocation}:${index + 1}`,
    provocation,
    request: buildRequest(operation, parts),
    controls: harmless.controls(recipe.status),
    danger: 'fault',
    provenance: 'organic',
    fault: `recipe ${scene.capabilities.profile.faults.indexOf(recipe)}`,
    repeat: index === 0,
  };
}
