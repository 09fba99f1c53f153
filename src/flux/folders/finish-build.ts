import { pushAll } from '../../collections/push-all.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { BuildProblem } from '../../kustomize/problem.ts';
import type { FluxBuiltRoot } from '../flux-built-root.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';
import type { CollectedVariables } from '../substitution/collect-variables.ts';
import { substitutionRoom } from '../substitution/evaluate.ts';
import { substituteResource } from '../substitution/substitute-resource.ts';
import type { NamedUse } from '../substitution/substitution-outcome.ts';
import { sortForApply } from './apply-order.ts';
import { setFluxMetadata } from './common-metadata.ts';

/**
 * Finishes the build of a folder as Flux does before it applies the objects: substitutes variables, sets common
 * metadata, and sorts. Changes the objects in place.
 * @param source absolute path of the source's root
 * @param strict whether unset variables are an error
 */
export function finishFluxBuild(
  built: BuiltRoot,
  kustomization: FluxKustomization,
  source: string,
  { variables, errors, remarks }: CollectedVariables,
  strict: boolean,
): FluxBuiltRoot {
  const substitutes =
    kustomization.hasPostBuild &&
    (variables.byName.size > 0 ||
      variables.openSources.length > 0 ||
      kustomization.substituteStrategy.value === 'Always');
  const problems: BuildProblem[] = [...built.problems, ...errors];
  const unset: NamedUse[] = [];
  const unknown: NamedUse[] = [];
  const room = substitutionRoom();
  for (const resource of built.resources) {
    if (substitutes) {
      const outcome = substituteResource(resource, variables, { strict, room });
      pushAll(problems, outcome.problems);
      pushAll(unset, outcome.unset);
      pushAll(unknown, outcome.unknown);
    }
    setFluxMetadata(resource, kustomization);
  }
  const failed = problems.slice(built.problems.length).some(({ kind }) => kind === 'error');
  return {
    ...built,
    problems,
    resources: failed ? [] : sortForApply(built.resources),
    listed: failed ? [] : built.listed,
    flux: { kustomization, source, variables: substitutes ? variables : undefined, unset, unknown, remarks },
  };
}
