import type { Resource } from '../kustomize/resources/resource.ts';
import { type KubernetesObject, readObject } from '../objects/kubernetes-object.ts';
import { type Field, type Present, View } from '../objects/view.ts';

/** A Flux Kustomization: what it applies and how it changes that. Every field has its location. */
export interface FluxKustomization {
  readonly object: KubernetesObject;
  readonly resource: Resource;
  /** Folder in the source; by default, its root. */
  readonly path: Field<string>;
  readonly sourceRef: FluxReference;
  readonly force: Field<boolean>;
  readonly prune: Field<boolean>;
  readonly wait: Field<boolean>;
  readonly suspend: Field<boolean>;
  /** In seconds, like all durations here. */
  readonly interval: Field<number>;
  readonly retryInterval: Field<number>;
  readonly timeout: Field<number>;
  readonly targetNamespace: Field<string>;
  readonly namePrefix: Field<string>;
  readonly nameSuffix: Field<string>;
  readonly components: readonly Present<string>[];
  readonly ignoreMissingComponents: Field<boolean>;
  /** Labels and annotations that every applied object gets. */
  readonly commonMetadata: {
    readonly labels: ReadonlyMap<string, Present<string>>;
    readonly annotations: ReadonlyMap<string, Present<string>>;
  };
  /** The Flux Kustomizations that must be ready before this one is applied. */
  readonly dependsOn: readonly FluxReference[];
  /** The objects that must be healthy before this one is ready; `wait` means all that it applies. */
  readonly healthChecks: readonly FluxReference[];
  readonly serviceAccountName: Field<string>;
  /** The Secret or ConfigMap with the access to another cluster than the one that Flux runs in. */
  readonly kubeConfig: Field<string>;
  /** `sops` if Secrets are decrypted before they are applied. */
  readonly decryption: Field<string>;
  readonly deletionPolicy: Field<string>;
  /** Whether it has a `postBuild`; otherwise nothing is substituted. */
  readonly hasPostBuild: boolean;
  /** `Always` substitutes even without variables, so that defaults apply. */
  readonly substituteStrategy: Field<string>;
  /** The inline variables of `postBuild.substitute`. */
  readonly substitute: ReadonlyMap<string, Present<string>>;
  /** The ConfigMaps and Secrets of `postBuild.substituteFrom`. */
  readonly substituteFrom: readonly SubstituteSource[];
}

/** An object that a Flux Kustomization refers to. The default namespace is the Kustomization's own. */
export interface FluxReference {
  readonly kind: Field<string>;
  readonly name: Field<string>;
  readonly namespace: Field<string>;
}

/** One entry of `postBuild.substituteFrom`. */
export interface SubstituteSource {
  readonly kind: string;
  readonly name: Field<string>;
  readonly optional: boolean;
}

/** Whether an object is a Flux Kustomization, of any version. */
export function isFluxKustomization({ kind, apiVersion }: Resource): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

/** Reads a Flux Kustomization; undefined for any other object. */
export function readFluxKustomization(resource: Resource): FluxKustomization | undefined {
  if (!isFluxKustomization(resource)) return undefined;
  const spec = View.ofResource(resource).get('spec');
  const postBuild = spec.get('postBuild');
  const common = spec.get('commonMetadata');
  return {
    object: readObject(resource),
    resource,
    path: spec.get('path').text(),
    sourceRef: readReference(spec.get('sourceRef')),
    force: spec.get('force').boolean(),
    prune: spec.get('prune').boolean(),
    wait: spec.get('wait').boolean(),
    suspend: spec.get('suspend').boolean(),
    interval: readDuration(spec.get('interval')),
    retryInterval: readDuration(spec.get('retryInterval')),
    timeout: readDuration(spec.get('timeout')),
    targetNamespace: spec.get('targetNamespace').text(),
    namePrefix: spec.get('namePrefix').text(),
    nameSuffix: spec.get('nameSuffix').text(),
    components: spec.get('components').texts(),
    ignoreMissingComponents: spec.get('ignoreMissingComponents').boolean(),
    commonMetadata: { labels: common.get('labels').textMap(), annotations: common.get('annotations').textMap() },
    dependsOn: spec.get('dependsOn').items().map(readReference),
    healthChecks: spec.get('healthChecks').items().map(readReference),
    serviceAccountName: spec.get('serviceAccountName').text(),
    kubeConfig: readKubeConfig(spec.get('kubeConfig')),
    decryption: spec.get('decryption', 'provider').text(),
    deletionPolicy: spec.get('deletionPolicy').text(),
    hasPostBuild: postBuild.exists,
    substituteStrategy: postBuild.get('substituteStrategy').text(),
    substitute: postBuild.get('substitute').textMap(),
    substituteFrom: postBuild
      .get('substituteFrom')
      .items()
      .map((item) => ({
        kind: item.get('kind').text().value ?? '',
        name: item.get('name').text(),
        optional: item.get('optional').boolean().value ?? false,
      })),
  };
}

function readReference(view: View): FluxReference {
  return { kind: view.get('kind').text(), name: view.get('name').text(), namespace: view.get('namespace').text() };
}

function readKubeConfig(view: View): Field<string> {
  const secret = view.get('secretRef', 'name').text();
  return secret.value === undefined ? view.get('configMapRef', 'name').text() : secret;
}

const secondsPerUnit: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Parses a duration in Go's syntax, such as `1h30m`, into seconds. */
function readDuration(view: View): Field<number> {
  const text = view.text();
  const parts = [...(text.value ?? '').matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/gy)];
  const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === text.value;
  const seconds = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (secondsPerUnit[unit] ?? 0), 0);
  return {
    value: isWhole ? seconds : undefined,
    path: text.path,
    get place() {
      return text.place;
    },
  };
}
