import { accumulateComponents, accumulateResources } from './accumulate-resources.ts';
import type { Accumulation } from './accumulation.ts';
import { loadTransformerConfig } from './load/transformer-config-files.ts';
import { runGenerators } from './run-generators.ts';
import { runTransformers } from './run-transformers.ts';
import { runValidators } from './run-validators.ts';
import type { Target } from './target.ts';
import { markVariableSource, readVariable } from './variables.ts';

/**
 * Works through one kustomization, in kustomize's order, into an accumulation: an empty one for the built folder and
 * for a base, the parent's own for a component. What must see the whole build comes later, once, in `build.ts`:
 * hashes, name references, vars, local-config objects, the order.
 */
export function accumulate(target: Target, into: Accumulation): void {
  accumulateResources(target, target.kustomization.strings('resources'), into);
  into.addConfig(loadTransformerConfig(target));
  runGenerators(target, into);
  accumulateComponents(target, into);
  runTransformers(target, into);
  runValidators(target, into);
  addVariables(target, into);
}

/** Notes the `vars` and marks the objects that they take their values from, as far as these are here already. */
function addVariables(target: Target, into: Accumulation): void {
  const variables = target.kustomization.maps('vars').map(readVariable);
  for (const variable of variables) markVariableSource(variable, into.resources);
  for (const variable of variables) into.variables.add(variable);
}
