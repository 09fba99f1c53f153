import { dependencyName, mayMean } from '../flux/clusters/dependency-name.ts';
import type { FluxKustomization, FluxReference } from '../flux/flux-kustomization.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { type FluxNeighbour, findReadiness, nearestFirst } from '../model/flux/flux-neighbour.ts';
import { findStaleChecks, type StaleCheck } from '../model/flux/stale-check.ts';
import { findUnheldService } from '../model/flux/unheld-service.ts';
import type { RootModel } from '../model/root-model.ts';
import {
  describeObject,
  type KubernetesObject,
  pointAtName,
  referTo,
  sameNamespace,
} from '../objects/kubernetes-object.ts';

/** A `dependsOn` or health check that does not ensure the intended order. */
export const fluxDependsOn: Rule = {
  id: 'flux-depends-on',
  severity: 'error',
  category: 'flux',
  docs: {
    summary:
      '`dependsOn` or a health check names something that does not exist, or a Flux Kustomization that is ready before its migration is done',
    symptom:
      'The Flux Kustomization stays at `DependencyNotReady`, and nothing of the service is applied. Or the service starts while the migration Job of the other Kustomization is still running.',
    why: "A Flux Kustomization is applied once those in its `dependsOn` are ready. An entry without a namespace means the Kustomization's own namespace. Ready means applied, not healthy: it includes that the Job has completed only with `wait: true`, or with a health check that names the Job.\n\nThe rule looks at Kustomizations in the given trees, and reports:\n\n- a missing dependency, if another Kustomization has a similar name, or the same name in another namespace\n- a dependency that is a HelmRelease: a Kustomization can depend only on Kustomizations\n- a dependency that does not wait for the migration Job it applies, if the workloads that depend on the migration have no init container that waits\n- a health check for a Job that is applied under another name, such as that of an earlier version: Flux never sees it as ready",
    fix: '```yaml\nspec:\n  wait: true # on the Kustomization that applies the migration Job\n  timeout: 10m\n```',
    links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies'],
    since: '0.1.0',
  },
  check(model, report) {
    const own = model.applier.flux[0];
    if (own === undefined) return;
    for (const stale of findStaleChecks(own, model)) reportCheck(own, stale, report);
    if (own.dependsOn.length === 0) return;
    const neighbours = nearestFirst(own, model.fluxNeighbours);
    if (!neighbours.some(({ kustomization }) => kustomization === own)) return;
    for (const reference of own.dependsOn) {
      const name = dependencyName(reference, own);
      const target = neighbours.find((neighbour) => neighbour.name === name);
      if (target !== undefined) {
        reportUnready(reference, target, model, report);
        continue;
      }
      const release = neighbours.some((each) => isNamesake(each, reference, own))
        ? undefined
        : findHelmRelease(reference, own, neighbours);
      if (release === undefined) reportAbsent(reference, name, model, report);
      else reportOtherKind(reference, own, release, report);
    }
  },
};

/** Reports a health check of a Job that is applied under another name. */
function reportCheck(own: FluxKustomization, { check, migration }: StaleCheck, report: Report): void {
  const { object } = migration.job;
  report({
    message: `${describeObject(own.object)} checks the health of Job \`${check.name.value ?? ''}\`, which it does not apply; its Job is called \`${object.name.value ?? ''}\`: it waits for that check until its \`timeout\` and never becomes ready.`,
    at: check.name.place.at,
    related: [pointAtName(object)],
    object: referTo(own.object),
    field: check.name.path,
    hint: 'Use `wait: true`, which checks every object that is applied, under whatever name.',
  });
}

/** Whether another Kustomization has the name that an entry of `dependsOn` gives, in another namespace. */
function isNamesake({ kustomization }: FluxNeighbour, { name }: FluxReference, own: FluxKustomization): boolean {
  return kustomization !== own && kustomization.object.name.value === name.value;
}

/** The HelmRelease that an entry of `dependsOn` names, in the given trees. */
function findHelmRelease(
  { name, namespace }: FluxReference,
  own: FluxKustomization,
  neighbours: readonly FluxNeighbour[],
): KubernetesObject | undefined {
  const owner = namespace.value ?? own.object.namespace.value;
  const releases = neighbours.flatMap(({ objects }) => objects.filter(({ kind }) => kind === 'HelmRelease'));
  return releases.find(
    ({ name: { value }, namespace: { value: where } }) => value === name.value && sameNamespace(where, owner),
  );
}

function reportOtherKind(
  reference: FluxReference,
  own: FluxKustomization,
  release: KubernetesObject,
  report: Report,
): void {
  const name = reference.name.value ?? '';
  report({
    message: `${describeObject(own.object)} depends on \`${name}\`, which is a HelmRelease: Flux looks only for a Kustomization of that name, and nothing of this one is ever applied.`,
    at: reference.name.place.at,
    related: [pointAtName(release)],
    object: referTo(own.object),
    field: reference.name.path,
    hint: 'Put the HelmRelease into a Flux Kustomization of its own with `wait: true`, and depend on that one.',
  });
}

function reportAbsent(reference: FluxReference, wanted: string, model: RootModel, report: Report): void {
  const own = model.applier.flux[0];
  const bare = reference.name.value ?? '';
  if (own === undefined) return;
  const near =
    model.fluxNeighbours.find((each) => isNamesake(each, reference, own)) ??
    model.fluxNeighbours.find((each) => each.kustomization !== own && mayMean(reference, each.kustomization));
  if (near === undefined) return;
  const { object } = near.kustomization;
  const meant = object.name.value ?? '';
  const isElsewhere = meant === bare;
  const where = isElsewhere ? `\`${near.name}\` is in another namespace.` : `did you mean \`${meant}\`?`;
  report({
    message: `${describeObject(own.object)} depends on \`${wanted}\`, which is not in the given trees; ${where} Without it nothing of this Kustomization is ever applied.`,
    at: reference.name.place.at,
    related: [{ at: object.name.place.at, note: `\`${near.name}\` is defined here` }],
    object: referTo(own.object),
    field: reference.name.path,
    hint: isElsewhere ? hintNamespace(reference, own.object, object) : `Write \`${meant}\`.`,
  });
}

function hintNamespace({ namespace }: FluxReference, own: KubernetesObject, meant: KubernetesObject): string {
  const where = meant.namespace.value ?? '';
  if (namespace.value === undefined) return `Add \`namespace: ${where}\`.`;
  return where === own.namespace.value
    ? 'Leave `namespace` out: an entry without one means its own.'
    : `Write \`namespace: ${where}\`.`;
}

function reportUnready(reference: FluxReference, target: FluxNeighbour, model: RootModel, report: Report): void {
  const migration = target.migrations.find(({ job }) => findReadiness(target.kustomization, job.object) === undefined);
  if (migration === undefined) return;
  const service = findUnheldService(model, migration);
  if (service === undefined) return;
  const { kustomization } = target;
  const job = migration.job.object.name.value ?? '';
  report({
    message: `Flux Kustomization \`${target.name}\` is ready as soon as Job \`${job}\` is applied, not when it is done, because it neither waits nor checks that Job: ${service.object.kind} \`${service.object.name.value ?? ''}\`, which depends on it by \`dependsOn\` alone, starts beside the running migration.`,
    at: kustomization.wait.place.at,
    related: [{ at: reference.name.place.at, note: 'depended on here' }, pointAtName(migration.job.object)],
    object: referTo(kustomization.object),
    field: 'spec.wait',
    hint: `Add \`wait: true\` to ${describeObject(kustomization.object)}.`,
    reasons: migration.reasons,
  });
}
