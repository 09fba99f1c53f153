import { originSpan } from '../../source/origin.ts';
import { markVariableSource, readVariable } from '../variables/variables.ts';
import { accumulateComponents, accumulateResources } from './accumulate-resources.ts';
import type { Accumulation } from './accumulation.ts';
import { loadTransformerConfig } from './load-transformer-config.ts';
import { runGenerators } from './run-generators.ts';
import { runTransformers } from './run-transformers.ts';
import { runValidators } from './run-validators.ts';
import type { Target } from './target.ts';

/**
 * Runs one kustomization into an accumulation, in the order of kustomize's `KustTarget.accumulateTarget`. The
 * accumulation is empty for the built folder and for a base; a component works on its parent's. Steps that need the
 * whole build run once, in `finish.ts`: hashes, name references, vars, local-config objects, the sort.
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

/** Adds the `vars` and marks the objects that they take their values from, if these are already accumulated. */
function addVariables(target: Target, into: Accumulation): void {
  const variables = target.kustomization.maps('vars').map(readVariable);
  for (const variable of variables) {
    target.session.context.checkTime(originSpan(variable.entry.origin));
    markVariableSource(variable, into.resources);
  }
  for (const variable of variables) into.variables.add(variable);
}
