import { printYaml } from '../source/print.ts';
import type { Accumulation } from './accumulation.ts';
import { BuildError } from './problem.ts';
import { ResourceSet } from './resource-set.ts';
import { externalTransformers } from './run-transformers.ts';
import type { Target } from './target.ts';

/** Runs what `validators:` lists on a copy of the objects. Throws a BuildError where one would change anything. */
export function runValidators(target: Target, into: Accumulation): void {
  for (const { at, transform } of externalTransformers(target, 'validators')) {
    const copy = new ResourceSet();
    for (const resource of into.resources) copy.append(resource.clone());
    transform(copy);
    if (print(copy) === print(into.resources)) continue;
    throw new BuildError('a validator must not change anything, but this one does; list it under `transformers:`', at);
  }
}

function print(resources: ResourceSet): string {
  return resources
    .toArray()
    .map(({ node }) => printYaml(node))
    .join('---\n');
}
