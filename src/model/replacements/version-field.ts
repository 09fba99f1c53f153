import { fillsVariable } from '../../flux/substitution/substitution.ts';
import type { NamedUse } from '../../flux/substitution/substitution-outcome.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import { type LeftVariable, leftVariables, workflowExpression } from '../../objects/symbolic.ts';
import type { Field } from '../../objects/view.ts';
import { allContainers } from '../../objects/workload.ts';
import { sameSpan } from '../../source/span.ts';
import { concernedWorkloads } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { isWrittenByScript, mayBeFilledByScript } from '../scripts/scripted-value.ts';

/** A field of a release that carries the version: a name, an image, or the argument of a waiter. */
export interface VersionField {
  readonly object: KubernetesObject;
  readonly field: Field<string>;
  readonly part: 'name' | 'image' | 'argument';
}

/** The names and images of the workloads of all releases, then what the waiters wait for. */
export function versionFields(model: RootModel): VersionField[] {
  const own = [...concernedWorkloads(model)].flatMap(({ object, pod }): VersionField[] => [
    { object, field: object.name, part: 'name' },
    ...allContainers(pod).map(({ image }): VersionField => ({ object, field: image, part: 'image' })),
  ]);
  const waitedFor = model.matches.map(({ waiter: { workload }, target }): VersionField => {
    const field = target.kind === 'name' ? target.name : target.selector;
    return { object: workload.object, field, part: 'argument' };
  });
  return [...own, ...waitedFor];
}

/** The first variable that is left in a field, and that neither Flux nor a script fills. */
export function findLeftVariable(model: RootModel, { object, field }: VersionField): LeftVariable | undefined {
  const disabled = object.annotations.get('kustomize.toolkit.fluxcd.io/substitute')?.value === 'disabled';
  const left = leftVariables(field.value ?? '').find(
    (variable) => disabled || !fillsVariable(model.substitution, variable),
  );
  return left === undefined || mayBeFilledByScript(model, left.text, field.place) ? undefined : left;
}

/** An expression of GitHub Actions that is left in a field, and that no script replaces. Other rules report one in a name. */
export function findLeftExpression(model: RootModel, { field, part }: VersionField): string | undefined {
  const expression = part === 'name' ? undefined : workflowExpression(field.value ?? '');
  return expression === undefined || isWrittenByScript(model, expression, field.place) ? undefined : expression;
}

/** The first variable of a field that Flux replaced with an empty text. */
export function findEmptiedVariable({ substitution }: RootModel, { field }: VersionField): NamedUse | undefined {
  const steps = field.place.steps.filter(({ by }) => by === 'substitution');
  return substitution.emptied.find(({ at }) => steps.some((step) => sameSpan(step.at, at)));
}
