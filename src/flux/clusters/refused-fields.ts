import type { BuildProblem } from '../../kustomize/problem.ts';
import { View } from '../../objects/view.ts';
import { type FluxBuiltRoot, fluxName } from '../flux-built-root.ts';

/** Finds fields by which the API server refuses a Flux Kustomization: beside `spec`, or with a value of the wrong kind. */
export function findRefusedFields(roots: readonly FluxBuiltRoot[]): Map<FluxBuiltRoot, BuildProblem[]> {
  const found = new Map<FluxBuiltRoot, BuildProblem[]>();
  for (const root of roots) {
    const { kustomization } = root.flux;
    const view = View.ofResource(kustomization.resource);
    const faults = [...misplacedFields(view), ...misshapenFields(view)];
    const name = fluxName(kustomization);
    if (faults.length > 0)
      found.set(
        root,
        faults.map((fault) => describe(name, fault)),
      );
  }
  return found;
}

/** A field that is refused. */
interface Fault {
  readonly view: View;
  /** What is wrong, continuing "Flux Kustomization `x`". */
  readonly what: string;
  readonly advice: string;
}

/** The fields of `spec` whose names say nothing else anywhere in the object. */
const specFields: ReadonlySet<string> = new Set([
  'components',
  'decryption',
  'dependsOn',
  'force',
  'healthChecks',
  'images',
  'interval',
  'kubeConfig',
  'patches',
  'path',
  'postBuild',
  'prune',
  'retryInterval',
  'sourceRef',
  'suspend',
  'targetNamespace',
  'timeout',
  'wait',
]);

function misplacedFields(view: View): Fault[] {
  return view
    .keys()
    .filter((key) => specFields.has(key))
    .map((key) => ({
      view: view.get(key),
      what: `has \`${key}\` beside \`spec\`, where it has no such field`,
      advice: `move \`${key}\` into \`spec\``,
    }));
}

/** The references of the object, each with an example of what belongs there. */
const references: readonly (readonly [path: readonly string[], example: string])[] = [
  [['sourceRef'], 'kind: GitRepository, name: '],
  [['decryption', 'secretRef'], 'name: '],
  [['kubeConfig', 'secretRef'], 'name: '],
];

function misshapenFields(view: View): Fault[] {
  const spec = view.get('spec');
  const single = references.map(([path, example]) => ({ view: spec.get(...path), example }));
  const listed = spec.get('dependsOn').items();
  return [...single, ...listed.map((item) => ({ view: item, example: 'name: ' }))].flatMap(
    ({ view: each, example }) => {
      if (each.shape !== 'text') return [];
      const text = each.text().value ?? '';
      return [
        {
          view: each,
          what: `has the text \`${text}\` as \`${each.path}\`, where an object is needed`,
          advice: `write \`{${example}${text}}\``,
        },
      ];
    },
  );
}

function describe(name: string, { view, what, advice }: Fault): BuildProblem {
  return {
    kind: 'error',
    message: `Flux Kustomization \`${name}\` ${what}: the apply is refused, and nothing of this Kustomization is ever applied; ${advice}`,
    at: (view.shape === 'text' ? view.place : view.keyPlace).at,
    related: [],
  };
}
