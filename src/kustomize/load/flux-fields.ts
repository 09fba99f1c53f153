import type { MapNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { BuildProblem } from '../problem.ts';

/** The fields of a Flux Kustomization that a kustomization file does not have, and that do not say what it holds. */
const fluxFields: ReadonlySet<string> = new Set([
  'decryption',
  'dependsOn',
  'healthChecks',
  'interval',
  'path',
  'postBuild',
  'prune',
  'sourceRef',
  'spec',
  'status',
  'targetNamespace',
  'timeout',
  'wait',
]);

/**
 * Takes the fields of a Flux Kustomization out of a kustomization file, which kustomize refuses. Without them the file is
 * what it should be, so the build goes on.
 */
export function takeFluxFields(root: MapNode): { readonly rest: MapNode; readonly faults: readonly BuildProblem[] } {
  const taken = root.entries.filter(({ key }) => fluxFields.has(key.value));
  if (taken.length === 0) return { rest: root, faults: [] };
  const faults = taken.map(
    ({ key }): BuildProblem => ({
      kind: 'error',
      message: `unknown field \`${key.value}\`: Flux Kustomizations have it, which are objects of their own, and a kustomization file has no field of this name; remove it`,
      at: originSpan(key.origin),
      related: [],
      lacks: 'nothing',
    }),
  );
  return { rest: { ...root, entries: root.entries.filter((entry) => !taken.includes(entry)) }, faults };
}
