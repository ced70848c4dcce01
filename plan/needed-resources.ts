import { hasCondition, type PlannedCell } from './plan.ts';
import { type Resource, resourceOf } from './resources.ts';

/** The resources of which a run on some cells needs objects: their own, and all that those live under or refer to. In the order of `resources`. */
export function neededResources(cells: readonly PlannedCell[], resources: Resource[]): Resource[] {
  const needed = new Set<string>();
  const add = (resource: Resource | undefined): void => {
    if (!resource || needed.has(resource.name)) return;
    needed.add(resource.name);
    for (const { resource: name } of resource.references) add(resources.find((each) => each.name === name));
    add(resources.find(({ name }) => name === resource.parent));
  };
  for (const cell of cells) {
    const { operation } = cell;
    const own = resourceOf(operation, resources);
    add(own);
    add(resources.find(({ create }) => create.id === operation.id));
    add(resources.find(({ list }) => list?.id === operation.id));
    // An object of another type is asked for under a path of this one.
    if (hasCondition(cell, 'unknown-object')) add(resources.find(({ name }) => name !== own?.name));
    if (hasCondition(cell, 'in-use')) add(resources.find(({ create }) => create.id === operation.refusedWhileUsedBy));
    // Without a path of its own a cell stands on whatever the first list shows.
    if (operation.method === 'ANY') add(resources.find(({ list }) => list !== undefined && !list.path.includes('{')));
  }
  return resources.filter(({ name }) => needed.has(name));
}
