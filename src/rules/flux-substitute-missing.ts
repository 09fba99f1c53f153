import type { FluxKustomization, SubstituteSource } from '../flux/flux-kustomization.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import type { RootModel } from '../model/root-model.ts';
import type { ConfigObject } from '../objects/config-object.ts';
import { describeObject, referTo, sameNamespace } from '../objects/kubernetes-object.ts';
import { isNear } from '../text/is-near.ts';

/** A `substituteFrom` that refers to an object Flux will not find. */
export const fluxSubstituteMissing: Rule = {
  id: 'flux-substitute-missing',
  severity: 'error',
  category: 'flux',
  docs: {
    summary: '`substituteFrom` names a ConfigMap or Secret that Flux does not find',
    symptom:
      'The Flux Kustomization stays at `BuildFailed` with `post build failed for …: substitute from \'ConfigMap/deployment-variables\' error: ConfigMap "deployment-variables" not found`, and nothing of the release is applied.',
    why: 'Flux reads the objects of `postBuild.substituteFrom` from the cluster before it applies anything, in the namespace of the Flux Kustomization: `targetNamespace` and the namespace of the workloads do not count. An object that the tree creates in another namespace is not found, and neither is one with a typo in its name. The rule reports a reference if the given trees hold an object that was clearly meant. If they hold none, `build-incomplete` reports it, since the cluster may have the object.',
    fix: 'Put the object into the namespace of the Flux Kustomization, with another Kustomization that is applied first:\n\n```yaml\nkind: ConfigMap\nmetadata:\n  name: deployment-variables\n  namespace: flux-system\n```',
    links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-substitution'],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    for (const kustomization of model.applier.flux) {
      for (const source of kustomization.substituteFrom) {
        if (!source.optional) checkSource(source, kustomization, model, report);
      }
    }
  },
};

function checkSource(
  source: SubstituteSource,
  { object: owner }: FluxKustomization,
  model: RootModel,
  report: Report,
): void {
  const name = source.name.value ?? '';
  const namespace = owner.namespace.value;
  const { kind } = source;
  if (kind !== 'ConfigMap' && kind !== 'Secret') return;
  const called = model.configInAllRoots(kind, name);
  const isThere = (each: ConfigObject): boolean => sameNamespace(each.object.namespace.value, namespace);
  if (called.some(isThere)) return;
  const [elsewhere] = called;
  const near = elsewhere ?? model.configInAllRoots(kind).find((each) => isThere(each) && isNear(name, each.name, 6));
  if (near === undefined) return;
  const why = elsewhere
    ? `the given trees put it into namespace \`${elsewhere.object.namespace.value ?? ''}\`, but Flux looks in \`${namespace ?? ''}\`, the namespace of ${describeObject(owner)}.`
    : `did you mean \`${near.name}\`?`;
  report({
    message: `${source.kind} \`${name}\`, from which Flux should take variables, will not be found: ${why} Nothing of this Kustomization is applied.`,
    at: source.name.place.at,
    related: [{ at: near.object.name.place.at, note: `${near.kind} \`${near.name}\` is named here` }],
    object: referTo(owner),
    field: source.name.path,
    hint: elsewhere ? `Put ${kind} \`${name}\` into namespace \`${namespace ?? ''}\`.` : `Write \`${near.name}\`.`,
  });
}
